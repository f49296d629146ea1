import ts from "typescript";

/** A copy of a node, with others in the place of some in it. */
export function replace(node: ts.Node, other: (node: ts.Node) => ts.Node | undefined): ts.Node {
  const { transformed } = ts.transform(node, [
    (context) => (root) => {
      const visit: ts.Visitor = (at) => other(at) ?? ts.visitEachChild(at, visit, context);
      return ts.visitNode(root, visit) ?? root;
    },
  ]);
  return transformed[0] ?? node;
}
