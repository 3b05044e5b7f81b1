import { css } from "lit";

/** A sentence with an icon before it and its buttons behind it. */
export const bannerStyles = css`
  .banner {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: 6px 8px;
    padding: 7px 10px;
    border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
    border-inline-start: 3px solid var(--banner-border);
    border-radius: 4px;
    background: var(--vscode-textBlockQuote-background, transparent);
    color: var(--vscode-foreground);
  }
  .banner > .icon {
    display: inline-flex;
    margin-top: 2px;
    color: var(--banner-icon);
  }
  .banner > .sentence {
    flex: 1 1 180px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .banner > vscode-button,
  .banner > .buttons {
    flex: none;
    margin-inline-start: 24px;
  }
  .banner > .buttons {
    flex: 0 1 auto;
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .banner > .buttons > vscode-button {
    max-width: 100%;
  }
  /* A model's name on a button may be longer than the side bar is wide. */
  .banner > .buttons > vscode-button::part(base) {
    white-space: normal;
  }
  .error {
    --banner-border: var(--vscode-errorForeground);
    --banner-icon: var(--vscode-errorForeground);
  }
  .warning {
    --banner-border: var(--vscode-inputValidation-warningBorder);
    --banner-icon: var(--vscode-editorWarning-foreground, var(--vscode-foreground));
  }
  .info {
    --banner-border: var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
    --banner-icon: var(--vscode-icon-foreground);
  }
`;
