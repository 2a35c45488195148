/**
 * Imports go one way: app → features → shared, and a feature never imports another one.
 * Relative paths and the "@/" alias are both resolved, so no spelling gets round it.
 */
import path from "node:path";

const SRC = path.resolve(import.meta.dirname, "../src");

/** Where a file lives: its layer, and the feature when it is in one. */
export function placeOf(file) {
  const parts = path.relative(SRC, file).split(path.sep);
  if (parts[0] === ".." || parts.length < 2) return { layer: "root", feature: null };
  return { layer: parts[0], feature: parts[0] === "features" ? parts[1] : null };
}

const MAY_IMPORT = {
  root: ["app", "features", "shared", "testing", "root"],
  app: ["app", "features", "shared"],
  features: ["features", "shared"],
  shared: ["shared"],
  testing: ["shared", "testing", "app", "features"],
};

/** The reason why `from` may not import `to`, or null when it may. */
export function fault(from, to) {
  const importer = placeOf(from);
  const imported = placeOf(to);
  const isTest = /\.test\.tsx?$/.test(from);
  if (isTest && imported.layer === "testing") return null;
  if (!(MAY_IMPORT[importer.layer] ?? []).includes(imported.layer)) {
    return `${importer.layer} must not import from ${imported.layer}`;
  }
  if (importer.layer === "features" && imported.layer === "features") {
    if (importer.feature !== imported.feature) {
      return `feature "${importer.feature}" must not import feature "${imported.feature}"`;
    }
  }
  return null;
}

function targetOf(from, specifier) {
  if (specifier.startsWith("@/")) return path.join(SRC, specifier.slice(2));
  if (specifier.startsWith(".")) return path.resolve(path.dirname(from), specifier);
  return null;
}

function check(context, node) {
  const specifier = node.source?.value;
  if (typeof specifier !== "string") return;
  const target = targetOf(context.filename, specifier);
  const message = target && fault(context.filename, target);
  if (message) context.report({ node, message });
}

export default {
  meta: { type: "problem", schema: [] },
  create: (context) => ({
    ImportDeclaration: (node) => check(context, node),
    ImportExpression: (node) => check(context, node),
    ExportNamedDeclaration: (node) => check(context, node),
    ExportAllDeclaration: (node) => check(context, node),
  }),
};
