// The symbols of actors for WebGL: the same shapes as everywhere, cut out of one triangle each, with an outline. What is far away stays
// large enough to be seen.
const SHAPES = ["dot", "square", "diamond", "triangle", "triangleDown", "hexagon", "star"];
const VERTEX = [
  "attribute vec4 a_id; attribute vec4 a_color; attribute vec2 a_position; attribute float a_size; attribute float a_shape; attribute float a_corner;",
  "uniform mat3 u_matrix; uniform float u_scale; uniform float u_pixel;",
  "varying vec4 v_color; varying vec2 v_at; varying float v_radius; varying float v_shape;",
  "void main() {",
  "float radius = max(a_size * u_scale, 1.2 + 0.14 * a_size);",
  "vec2 off = 2.8 * vec2(cos(a_corner), sin(a_corner));",
  "gl_Position = vec4((u_matrix * vec3(a_position + off * radius * 2.0 * u_pixel, 1.0)).xy, 0.0, 1.0);",
  "v_at = vec2(off.x, -off.y); v_radius = radius; v_shape = a_shape;",
  "#ifdef PICKING_MODE", "v_color = a_id;", "#else", "v_color = a_color;", "#endif",
  "v_color.a *= 255.0 / 254.0;",
  "}",
].join("\n");
// How far a point lies outside the shape, in radii; negative inside.
const FRAGMENT = [
  "precision highp float;",
  "varying vec4 v_color; varying vec2 v_at; varying float v_radius; varying float v_shape;",
  "uniform vec3 u_outline; uniform float u_ratio;",
  "float triangle(vec2 p) { return max(p.y - 0.8, 0.871 * abs(p.x) - 0.491 * p.y - 0.565); }",
  "float star(vec2 p) {",
  "float turn = mod(atan(p.x, -p.y) + 0.628319, 1.256637) - 0.628319;",
  "return dot(length(p) * vec2(cos(turn), abs(sin(turn))), vec2(0.3727, 0.928)) - 0.4659;",
  "}",
  "float outside(vec2 p) {",
  "if (v_shape < 0.5) return length(p) - 1.0;",
  "if (v_shape < 1.5) return max(abs(p.x), abs(p.y)) - 0.9;",
  "if (v_shape < 2.5) return 0.7071 * (abs(p.x) + abs(p.y) - 1.15);",
  "if (v_shape < 3.5) return triangle(p);",
  "if (v_shape < 4.5) return triangle(vec2(p.x, -p.y));",
  "if (v_shape < 5.5) return max(abs(p.y), 0.866 * abs(p.x) + 0.5 * abs(p.y)) - 0.866;",
  "return star(p);",
  "}",
  "void main() {",
  "float d = outside(v_at) * v_radius * u_ratio;",
  "#ifdef PICKING_MODE",
  "gl_FragColor = d > u_ratio ? vec4(0.0) : v_color;",
  "#else",
  "float border = min(1.5, 0.3 * v_radius) * u_ratio;",
  "float shown = 1.0 - smoothstep(-0.5, 0.5, d);",
  "gl_FragColor = vec4(mix(v_color.rgb, mix(v_color.rgb, u_outline, v_color.a), smoothstep(-border - 0.5, -border + 0.5, d)), 1.0) * shown;",
  "#endif",
  "}",
].join("\n");

const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
const symbolProgram = (scale) => {
  const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
  const letters = (name) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true });
  return class extends large.NodeProgram {
    getDefinition() {
      return {
        VERTICES: 3, VERTEX_SHADER_SOURCE: VERTEX, FRAGMENT_SHADER_SOURCE: FRAGMENT, METHOD: TRIANGLES,
        UNIFORMS: ["u_matrix", "u_scale", "u_pixel", "u_outline", "u_ratio"],
        ATTRIBUTES: [{ name: "a_position", size: 2, type: FLOAT }, { name: "a_size", size: 1, type: FLOAT }, { name: "a_shape", size: 1, type: FLOAT }, letters("a_color"), letters("a_id")],
        CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 1, type: FLOAT }], CONSTANT_DATA: [[0], [(2 * Math.PI) / 3], [(4 * Math.PI) / 3]],
      };
    }

    processVisibleItem(id, start, data) {
      this.array.set([data.x, data.y, data.size, SHAPES.indexOf(data.shape), large.floatColor(data.color), id], start);
    }

    setUniforms(params, { gl, uniformLocations: at }) {
      gl.uniformMatrix3fv(at.u_matrix, false, params.matrix);
      gl.uniform1f(at.u_scale, scale());
      gl.uniform1f(at.u_pixel, params.correctionRatio);
      gl.uniform1f(at.u_ratio, params.pixelRatio);
      gl.uniform3fv(at.u_outline, channels(outline()));
    }
  };
};
