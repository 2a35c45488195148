import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";
import boundaries from "./lint/boundaries.js";
import noColourLiterals from "./lint/no-colour-literals.js";
import noLiteralText from "./lint/no-literal-text.js";

const tts = {
  rules: {
    boundaries,
    "no-literal-text": noLiteralText,
    "no-colour-literals": noColourLiterals,
  },
};

const noBarrels = [
  { selector: "ExportAllDeclaration", message: "No barrels: import from the file itself." },
  { selector: "ExportNamedDeclaration[source]", message: "No barrels: import from the file." },
];

export default tseslint.config(
  { ignores: ["dist", "coverage", "node_modules", "src/shared/api/generated"] },
  js.configs.recommended,
  { files: ["**/*.js"], ignores: ["public"], languageOptions: { globals: globals.node } },
  { files: ["public/*.js"], languageOptions: { globals: globals.browser } },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true }, globals: globals.browser },
    plugins: { tts, "react-hooks": reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      // Speaks to users of the React Compiler; this project does without it.
      "react-hooks/incompatible-library": "off",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "max-lines": ["error", 300],
      "no-restricted-syntax": ["error", ...noBarrels],
      "tts/boundaries": "error",
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["src/**/*.test.{ts,tsx}", "src/testing/**", "src/shared/theme/**"],
    rules: {
      "tts/no-literal-text": "error",
      "tts/no-colour-literals": "error",
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
      complexity: ["error", 10],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["src/shared/api/**", "src/**/*.test.{ts,tsx}", "src/testing/**"],
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "fetch", message: "Server data goes through shared/api and TanStack Query." },
      ],
    },
  },
);
