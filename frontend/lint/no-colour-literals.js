/** Colours are tokens: a hex, rgb() or hsl() value outside src/shared/theme is a fault. */
const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/i;

export default {
  meta: { type: "problem", schema: [] },
  create: (context) => ({
    Literal(node) {
      if (typeof node.value === "string" && COLOUR.test(node.value)) {
        context.report({ node, message: "Use a token of shared/theme for colours." });
      }
    },
  }),
};
