// What the page of up to some two thousand actors takes from vis-network, the version that pyvis ships; build.mjs leaves out what it never uses.
export { Network } from "vis-network/esnext/esm/vis-network.js";
export { DataSet } from "vis-data/esnext/esm/vis-data.js";
