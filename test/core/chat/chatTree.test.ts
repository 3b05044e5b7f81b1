import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type TreeNode,
  mendTree,
  newestTipBelow,
  pathTo,
  siblingPlaces,
  siblingsOf,
  subtreeOf,
} from "../../../src/core/chat/chatTree.ts";

/** A question with two answers; the first one was asked about, and its question edited. */
const CHAT: readonly TreeNode[] = [
  { id: "q1" },
  { id: "a1", parentId: "q1" },
  { id: "q2", parentId: "a1" },
  { id: "a2", parentId: "q1" },
  { id: "q3", parentId: "a1" },
];

const withoutParent = ({ id }: TreeNode): TreeNode => ({ id });
const ids = (nodes: readonly TreeNode[]) => nodes.map(({ id }) => id).join(" ");

/** Nodes as the chat makes them: each follows an older one, or none. */
const trees = fc.array(fc.option(fc.nat(1_000), { nil: undefined }), { minLength: 1, maxLength: 40 }).map((parents) =>
  parents.map((parent, index): TreeNode => {
    const id = `m${index}`;
    return parent === undefined || index === 0 ? { id } : { id, parentId: `m${parent % index}` };
  }),
);

/** Anything that a damaged or foreign file may hold. */
const rubbish = fc.array(
  fc.record(
    { id: fc.constantFrom("a", "b", "c", "d"), parentId: fc.constantFrom("a", "b", "c", "d", "gone") },
    { requiredKeys: ["id"] },
  ),
);

describe("the tree of a chat", () => {
  it("gives the path to a tip, the siblings of a message and the newest branch below one", () => {
    assert.equal(ids(pathTo(CHAT, "q3")), "q1 a1 q3");
    assert.equal(ids(pathTo(CHAT, undefined)), "");
    assert.equal(ids(pathTo(CHAT, "gone")), "");
    assert.equal(ids(siblingsOf(CHAT, "a2")), "a1 a2");
    assert.equal(ids(siblingsOf(CHAT, "q1")), "q1");
    assert.equal(ids(siblingsOf(CHAT, "gone")), "");
    assert.equal(ids(subtreeOf(CHAT, "a1")), "a1 q2 q3");
    assert.equal(newestTipBelow(CHAT, "a1"), "q3");
    assert.equal(newestTipBelow(CHAT, "q1"), "q3");
    assert.equal(newestTipBelow(CHAT, "gone"), undefined);
    assert.deepEqual(siblingPlaces(CHAT).get("q3"), { index: 2, count: 2 });
  });

  it("shows a path whose every message follows the one before, and ends at the tip", () => {
    fc.assert(
      fc.property(trees, fc.nat(), (nodes, pick) => {
        const tip = nodes[pick % nodes.length];
        const path = pathTo(nodes, tip?.id);
        assert.equal(path.at(-1), tip);
        assert.equal(path[0]?.parentId, undefined);
        for (const [index, node] of path.entries()) assert.equal(node.parentId, path[index - 1]?.id);
      }),
    );
  });

  it("leads from any branch to any message by walking among siblings", () => {
    fc.assert(
      fc.property(trees, fc.nat(), (nodes, pick) => {
        const wanted = nodes[pick % nodes.length];
        let shown = pathTo(nodes, nodes.at(-1)?.id);
        for (const [depth, step] of pathTo(nodes, wanted?.id).entries()) {
          const here = shown[depth];
          assert.ok(here !== undefined);
          assert.ok(siblingsOf(nodes, here.id).some(({ id }) => id === step.id));
          shown = pathTo(nodes, newestTipBelow(nodes, step.id));
        }
        assert.ok(shown.some(({ id }) => id === wanted?.id));
      }),
    );
  });

  it("counts every message once among its siblings", () => {
    fc.assert(
      fc.property(trees, (nodes) => {
        const places = siblingPlaces(nodes);
        for (const { id } of nodes) {
          const family = siblingsOf(nodes, id);
          const index = family.findIndex((other) => other.id === id) + 1;
          assert.deepEqual(places.get(id), { index, count: family.length });
        }
      }),
    );
  });

  it("ends each branch at a message that nothing follows, and cuts a branch off whole", () => {
    fc.assert(
      fc.property(trees, fc.nat(), (nodes, pick) => {
        const id = nodes[pick % nodes.length]?.id ?? "";
        const tip = newestTipBelow(nodes, id);
        assert.ok(!nodes.some(({ parentId }) => parentId === tip));
        const gone = new Set(subtreeOf(nodes, id).map((node) => node.id));
        const left = nodes.filter((node) => !gone.has(node.id));
        assert.deepEqual(mendTree(left, withoutParent), left);
        assert.equal(gone.size + left.length, nodes.length);
      }),
    );
  });

  it("puts a message after what it follows, in whatever order two windows have written them", () => {
    const shuffled = trees.chain((nodes) =>
      fc.tuple(fc.constant(nodes), fc.shuffledSubarray([...nodes], { minLength: nodes.length })),
    );
    fc.assert(
      fc.property(shuffled, ([nodes, mixed]) => {
        const mended = mendTree(mixed, withoutParent);
        const byId = (one: TreeNode, other: TreeNode) => (one.id < other.id ? -1 : 1);
        assert.deepEqual(mended.toSorted(byId), nodes.toSorted(byId), "nobody loses what it follows");
        for (const [place, { parentId }] of mended.entries()) {
          assert.ok(parentId === undefined || mended.findIndex(({ id }) => id === parentId) < place);
        }
      }),
    );
  });

  it("makes a tree of whatever a damaged chat holds, and leaves a sound one as it is", () => {
    fc.assert(fc.property(trees, (nodes) => assert.deepEqual(mendTree(nodes, withoutParent), nodes)));
    fc.assert(
      fc.property(rubbish, (nodes) => {
        const mended = mendTree(nodes, withoutParent);
        assert.equal(mended.length, new Set(nodes.map(({ id }) => id)).size);
        for (const { id } of mended) assert.equal(pathTo(mended, id)[0]?.parentId, undefined);
        for (const { id } of nodes) assert.ok(pathTo(nodes, id).length <= nodes.length);
      }),
    );
  });
});
