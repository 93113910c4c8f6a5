// What stands in the bundle for the parts of vis-network that the page never uses: each by the name of what it replaces, with only what is still called.
// Places are given and never move: all that is left of the engine is to say when a drawing may begin.
export class PhysicsEngine {
  constructor({ emitter }) {
    let ready = false;
    emitter.on("initPhysics", () => {
      ready = true;
      emitter.emit("fit");
    });
    emitter.on("resetPhysics", () => { ready = false; });
    emitter.on("startSimulation", () => { if (ready) emitter.emit("_redraw"); });
    emitter.on("destroy", () => emitter.off());
  }
  setOptions() {}
}
export class LayoutEngine {
  setOptions(_, options) { return options; }
  positionInitially() {}
}
export class KamadaKawai {}
export class ClusterEngine {
  _isClusteredNode() { return false; }
  _isClusteredEdge() { return false; }
  _updateState() {}
}

// Our own page edits nothing, and has buttons and keys of its own.
export class ManipulationSystem { setOptions() {} }
export class NavigationHandler { setOptions() {} }
export class Configurator {}
export class Activator {}
export class Popup {}
export const Validator = { validate: () => false };
export const allOptions = {};
export const configureOptions = {};
export const locales = {};
export const DOTToGraph = null;
export const parseGephi = null;

// Names are drawn by our own script, symbols are seven outlines, lines are straight or bent once, and pictures there are none.
export class Label {
  size = { left: 0, top: 0, width: 0, height: 0, yLine: 0 };
  update(options) { options.label = undefined; }
  visible() { return false; }
  differentState() { return false; }
  getTextSize() { return this.size; }
}
export class Images {}
export class Box$1 {}
export class Circle$1 {}
export class CircularImage {}
export class CustomShape {}
export class Database {}
export class Ellipse {}
export class Icon {}
export class Image$2 {}
export class Text {}
export class BezierEdgeDynamic {}
export class CubicBezierEdge {}
