/** What a person reads comes from an i18n key: no words in JSX, nor in the attributes read aloud. */
const READ_ALOUD = new Set(["aria-label", "alt", "title", "placeholder", "label", "description"]);
const hasWords = (value) => typeof value === "string" && /\p{L}{2,}/u.test(value);

export default {
  meta: { type: "problem", schema: [] },
  create: (context) => ({
    JSXText(node) {
      if (hasWords(node.value)) context.report({ node, message: "Use t() for text." });
    },
    JSXAttribute(node) {
      if (!READ_ALOUD.has(String(node.name.name))) return;
      if (node.value?.type === "Literal" && hasWords(node.value.value)) {
        context.report({ node, message: "Use t() for text." });
      }
    },
  }),
};
