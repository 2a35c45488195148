import {
  createTheme,
  localStorageColorSchemeManager,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from "@mantine/core";

const brand: MantineColorsTuple = [
  "#eef0ff",
  "#dcdffc",
  "#b8bdf5",
  "#979eee",
  "#7b82e8",
  "#656ce2",
  "#575ed9",
  "#4a51cb",
  "#4046bd",
  "#33399e",
];

const dark: MantineColorsTuple = [
  "#e7e8eb",
  "#c6c9d0",
  "#a0a4ae",
  "#747985",
  "#3a3d45",
  "#2b2d34",
  "#1f2126",
  "#191a1e",
  "#131417",
  "#0d0e10",
];

/**
 * A list of choices stands within its page, where screen readers look for it, and scrolls itself:
 * a scroller around it would need a focus of its own.
 */
const choices = {
  defaultProps: {
    withScrollArea: false,
    comboboxProps: { withinPortal: false, keepMounted: false, shadow: "md" },
  },
  styles: { options: { maxHeight: 240, overflowY: "auto" as const } },
};

export const theme = createTheme({
  colors: { brand, dark },
  primaryColor: "brand",
  primaryShade: 8,
  autoContrast: true,
  fontFamily: "var(--tts-font)",
  fontFamilyMonospace: "var(--tts-mono)",
  fontSizes: { xs: "11.5px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  defaultRadius: "6px",
  focusRing: "auto",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "xs" } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false } },
    Menu: {
      defaultProps: {
        withinPortal: false,
        withInitialFocusPlaceholder: false,
        shadow: "md",
        transitionProps: { duration: 80 },
      },
    },
    Popover: { defaultProps: { shadow: "md", transitionProps: { duration: 80 } } },
    Select: choices,
    MultiSelect: choices,
    Modal: { defaultProps: { transitionProps: { duration: 80 } } },
  },
});

const shared = {
  "--mantine-color-body": "var(--tts-bg)",
  "--mantine-color-text": "var(--tts-text)",
  "--mantine-color-dimmed": "var(--tts-dim)",
  "--mantine-color-placeholder": "var(--tts-dim)",
  "--mantine-color-error": "var(--tts-late)",
  "--mantine-color-anchor": "var(--tts-link)",
  "--mantine-color-default": "var(--tts-raised)",
  "--mantine-color-default-hover": "var(--tts-hover)",
  "--mantine-color-default-color": "var(--tts-text)",
  "--mantine-color-default-border": "var(--tts-border)",
  "--mantine-color-brand-filled": "var(--tts-accent)",
};

/** Mantine's own greys and reds fail WCAG AA on small text; ours come from tokens.css. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
});

export const colourScheme = localStorageColorSchemeManager({ key: "tts.colour-scheme" });
