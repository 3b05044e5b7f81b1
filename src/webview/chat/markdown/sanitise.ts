import createPurifier from "dompurify";

const purifier = createPurifier(window);

/** Classes the Markdown renderer and the highlighter write. Any other class of the text is removed. */
const knownClass =
  /^(?:language-[\w+#.-]+|math|task-(?:item|box|done)|align-(?:left|center|right)|hljs-[\w-]+|(?:function|class|inherited|language|constant)_)$/u;

purifier.addHook("uponSanitizeAttribute", (_element, data) => {
  if (data.attrName !== "class") return;
  data.attrValue = data.attrValue
    .split(/\s+/u)
    .filter((name) => knownClass.test(name))
    .join(" ");
  data.keepAttr = data.attrValue !== "";
});

const textTags = "p br hr h3 h4 h5 h6 strong em s a span code pre blockquote".split(" ");
const listAndTableTags = "ul ol li table thead tbody tr th td".split(" ");

/**
 * Turns HTML of an untrusted author into nodes: text formatting, lists, tables, code and links to http and https, and
 * nothing that loads, runs, submits or covers anything.
 */
export function sanitise(html: string): DocumentFragment {
  return purifier.sanitize(html, {
    ALLOWED_TAGS: [...textTags, ...listAndTableTags, "#text"],
    ALLOWED_ATTR: ["href", "class", "start"],
    // A list's first number is no address, so the pattern for addresses does not apply to it.
    ADD_URI_SAFE_ATTR: ["start"],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^https?:\/\//iu,
    RETURN_DOM_FRAGMENT: true,
  });
}
