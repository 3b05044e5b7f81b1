import { css } from "lit";

/** A thin bar that changes its colour towards its end. */
export const meterStyles = css`
  meter {
    appearance: none;
    display: block;
    width: 100%;
    height: 2px;
    background: none;
  }
  meter::-webkit-meter-inner-element {
    display: block;
  }
  meter::-webkit-meter-bar {
    height: 2px;
    border: 0;
    border-radius: 1px;
    background: color-mix(in srgb, currentColor 25%, transparent);
  }
  meter::-webkit-meter-optimum-value {
    background: var(--vscode-progressBar-background);
  }
  meter::-webkit-meter-suboptimum-value {
    background: var(--vscode-editorWarning-foreground);
  }
  meter::-webkit-meter-even-less-good-value {
    background: var(--vscode-errorForeground);
  }
`;
