/** A message of a chat: what it follows, and nothing for the first one. */
export interface TreeNode {
  readonly id: string;
  readonly parentId?: string;
}

/** Which of several messages in the same place one is, counted from 1. */
export interface SiblingPlace {
  readonly index: number;
  readonly count: number;
}

/** The messages from the first one to the tip. All lists of nodes are in the order in which they were made. */
export function pathTo<Node extends TreeNode>(nodes: readonly Node[], tipId: string | undefined): readonly Node[] {
  const left = new Map(nodes.map((node) => [node.id, node]));
  const path: Node[] = [];
  let next = tipId === undefined ? undefined : left.get(tipId);
  while (next !== undefined) {
    path.push(next);
    // What was taken is not taken again, so that a ring in a damaged chat ends.
    left.delete(next.id);
    next = next.parentId === undefined ? undefined : left.get(next.parentId);
  }
  return path.toReversed();
}

/** Everything that follows the same message, itself included; empty for an unknown one. */
export function siblingsOf<Node extends TreeNode>(nodes: readonly Node[], id: string): readonly Node[] {
  const node = nodes.find((other) => other.id === id);
  return node === undefined ? [] : nodes.filter(({ parentId }) => parentId === node.parentId);
}

/** The place of every message among its siblings, in one pass. */
export function siblingPlaces(nodes: readonly TreeNode[]): ReadonlyMap<string, SiblingPlace> {
  const families = Map.groupBy(nodes, ({ parentId }) => parentId);
  return new Map(
    [...families.values()].flatMap((family) =>
      family.map(({ id }, place): [string, SiblingPlace] => [id, { index: place + 1, count: family.length }]),
    ),
  );
}

/** The message and all that follows it; empty for an unknown one. */
export function subtreeOf<Node extends TreeNode>(nodes: readonly Node[], id: string): readonly Node[] {
  const inside = new Set([id]);
  return nodes.filter((node) => {
    if (node.parentId !== undefined && inside.has(node.parentId)) inside.add(node.id);
    return inside.has(node.id);
  });
}

/** The end of the branch below a message that was worked on last: what it leads to is made after it. */
export function newestTipBelow(nodes: readonly TreeNode[], id: string): string | undefined {
  return subtreeOf(nodes, id).at(-1)?.id;
}

/**
 * The same messages as a tree that can be walked. One that stands before what it follows comes after it: two windows wrote to the
 * chat at once. Whoever follows nothing that is there, or in a ring itself, becomes a first one.
 */
export function mendTree<Node extends TreeNode>(
  nodes: readonly Node[],
  withoutParent: (node: Node) => Node,
): readonly Node[] {
  const byId = new Map<string, Node>();
  for (const node of nodes) if (!byId.has(node.id)) byId.set(node.id, node);
  const placed = new Set<string>();
  return [...byId.values()].flatMap((node) => {
    const leading: Node[] = [];
    const isOnWay = new Set<string>();
    let next: Node | undefined = node;
    while (next !== undefined && !placed.has(next.id) && !isOnWay.has(next.id)) {
      isOnWay.add(next.id);
      leading.push(next);
      next = next.parentId === undefined ? undefined : byId.get(next.parentId);
    }
    return leading.toReversed().map((each) => {
      const isSound = each.parentId === undefined || placed.has(each.parentId);
      placed.add(each.id);
      return isSound ? each : withoutParent(each);
    });
  });
}
