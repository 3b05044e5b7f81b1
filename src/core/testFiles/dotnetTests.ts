import { type UsualPlace, folderOf, joinPath, nameOf, pathInside } from "./testLanguage.ts";

const PROJECT = ".csproj";
const TEST_PROJECT = /^(?<tested>.+?)\.?(?:Unit)?Tests?$/;

/** .NET keeps tests in a project of their own, mostly called like the tested one: `Shop.Tests` for `Shop`. */
export const dotnetProject: UsualPlace = ({ folder, files }) => {
  const projects = files
    .filter((path) => path.endsWith(PROJECT))
    .map((path) => ({ folder: folderOf(path), name: nameOf(path).slice(0, -PROJECT.length) }));
  const own = projects
    .filter(({ folder: project }) => pathInside(folder, project) !== undefined)
    .toSorted((left, right) => right.folder.length - left.folder.length)[0];
  const inside = own === undefined ? folder : (pathInside(folder, own.folder) ?? "");
  const tests = projects.filter(({ name }) => TEST_PROJECT.test(name));
  const found = tests.find(({ name }) => TEST_PROJECT.exec(name)?.groups?.["tested"] === own?.name) ?? tests[0];
  const to = found?.folder ?? (own === undefined || own.folder === "" ? "Tests" : `${own.folder}.Tests`);
  return { folder: joinPath(to, inside), sign: to };
};
