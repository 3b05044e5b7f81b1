/** What the pages mark in answers, by the same table as edits are judged with. */
export { hiddenPlaces } from "../core/text/visibleSigns.ts";
