// Colours and dashes, for light pages and dark ones.
const shade = (pair) => pair[dark() ? 1 : 0];
const paper = () => shade(page.look.background);
const ink = () => shade(page.look.ink);
const outline = () => shade(page.look.outline);

const outlineQuiet = () => (dark() ? "#5b646d" : "#b4bcc4");

const groups = new Map(page.look.groups.map((group) => [group.id, group]));
const markOf = (id) => groups.get(nodes.get(id)?.group) ?? groups.get("rest");
const familyOf = (kind) =>
  page.look.families.find((each) => each.kinds.includes(kind)) ?? page.look.families.at(-1);

// One family on the page: each of its kinds has a colour. Several: each family has one.
const oneFamily = () => {
  const kinds = [...state.chosen.get("kind")];
  return kinds.length > 0 && kinds.every((kind) => familyOf(kind).id === familyOf(kinds[0]).id);
};
const colourPair = (kind) => {
  const own = familyOf(kind);
  if (!oneFamily()) return own.colour;
  const place = own.kinds.indexOf(kind);
  return page.look.kind_colours[(place < 0 ? own.kinds.length - 1 : place) % page.look.kind_colours.length];
};
const colourOf = (kind) => shade(colourPair(kind));
const widthOf = (modality) => (Object.hasOwn(page.look.widths, modality) ? page.look.widths[modality] : 1.5);
const dashesOf = (modality) => (Object.hasOwn(page.look.modalities, modality) ? page.look.modalities[modality] : []);
// Long dashes: nobody recorded when it began. Only practice and law have them, and dots stay to what is possible.
const strokeOf = (relation) => (isUndated(relation) ? page.look.undated : dashesOf(relation.modality));
const isHollow = (modality) => page.look.hollow.includes(modality);
const [TUBE, BORE] = page.look.tube; // the width of a hollow line, and of what is hollow in it
const LAYERS = new Map(page.look.layers.map((layer) => [layer.id, layer]));
const layerColour = (layer) => shade((LAYERS.get(layer) ?? page.look.layers.at(-1)).colour);
