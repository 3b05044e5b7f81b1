import { css } from "lit";

/** The codicons the view uses, by their code points; the build makes the font of these alone. */
export const iconStyles = css`
  .icon::before {
    font: normal normal normal 16px/1 codicon;
    display: inline-block;
    text-align: center;
    -webkit-font-smoothing: antialiased;
    speak: never;
  }
  .icon-add::before {
    content: "\\ea60" / "";
  }
  .icon-arrow-down::before {
    content: "\\ea9a" / "";
  }
  .icon-check::before {
    content: "\\eab2" / "";
  }
  .icon-chevron-right::before {
    content: "\\eab6" / "";
  }
  details[open] > summary .icon-chevron-right::before,
  details[open] > summary.icon-chevron-right::before {
    content: "\\eab4" / "";
  }
  .icon-close::before {
    content: "\\ea76" / "";
  }
  .icon-copy::before {
    content: "\\ebcc" / "";
  }
  .icon-error::before {
    content: "\\ea87" / "";
  }
  .icon-file::before {
    content: "\\ea7b" / "";
  }
  .icon-info::before {
    content: "\\ea74" / "";
  }
  .icon-key::before {
    content: "\\eb11" / "";
  }
  .icon-send::before {
    content: "\\ec0f" / "";
  }
  .icon-stop::before {
    content: "\\ead7" / "";
  }
  .icon-warning::before {
    content: "\\ea6c" / "";
  }
  .icon-newline::before {
    content: "\\ebea" / "";
  }
  .icon-book::before {
    content: "\\eaa4" / "";
  }
  .icon-class::before {
    content: "\\eb5b" / "";
  }
  .icon-diff::before {
    content: "\\eae1" / "";
  }
  .icon-edit::before {
    content: "\\ea73" / "";
  }
  .icon-files::before {
    content: "\\eaf0" / "";
  }
  .icon-folder::before {
    content: "\\ea83" / "";
  }
  .icon-image::before {
    content: "\\eaea" / "";
  }
  .icon-mention::before {
    content: "\\eb1f" / "";
  }
  .icon-question::before {
    content: "\\eb32" / "";
  }
  .icon-selection::before {
    content: "\\eb85" / "";
  }
  .icon-terminal::before {
    content: "\\ea85" / "";
  }
  .icon-chevron-down::before {
    content: "\\eab4" / "";
  }
  .icon-chevron-left::before {
    content: "\\eab5" / "";
  }
  .icon-refresh::before {
    content: "\\eb37" / "";
  }
  .icon-arrow-swap::before {
    content: "\\ebcb" / "";
  }
  .icon-trash::before {
    content: "\\ea81" / "";
  }
  .icon-history::before {
    content: "\\ea82" / "";
  }
  .icon-rename::before {
    content: "\\ea73" / "";
  }
  .icon-split-horizontal::before {
    content: "\\eb56" / "";
  }
  .icon-insert::before {
    content: "\\ec11" / "";
  }
  .icon-apply::before {
    content: "\\eae1" / "";
  }
  .icon-new-file::before {
    content: "\\ea7f" / "";
  }
  .icon-more::before {
    content: "\\ea7c" / "";
  }
`;
