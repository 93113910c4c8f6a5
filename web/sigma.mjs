// What the page of many actors takes from npm; our own scripts stay plain files beside the bundle.
export { default as Graph } from "graphology";
export { default as Sigma } from "sigma";
export { EdgeRectangleProgram, NodeProgram } from "sigma/rendering";
export { floatColor } from "sigma/utils";
