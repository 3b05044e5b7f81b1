import { css } from "lit";

/** Icons of what is done with a message or a whole chat, by their code points in the codicon font. */
export const treeStyles = css`
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
`;
