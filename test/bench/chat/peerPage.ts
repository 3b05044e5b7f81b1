// A page that shows a growing answer as other chats do; `?way=` chooses which way. Built by the bench.
import createPurifier from "dompurify";
import MarkdownParser from "markdown-it";
import { marked } from "marked";
import { createElement, memo, useMemo, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import Markdown from "react-markdown";
import remarkGfm from "remark-gfm";

const PLUGINS = [remarkGfm];
const root = document.querySelector("main");

if (root !== null) Object.assign(window, { showPiece: following(root, wayOf(root)) });

/** Chats stay at the newest line, which is then painted with every frame. */
function following(target: HTMLElement, show: (piece: string) => void): (piece: string) => void {
  let isAsked = false;
  return (piece) => {
    show(piece);
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      target.scrollTop = target.scrollHeight;
    });
  };
}

function wayOf(target: HTMLElement): (piece: string) => void {
  return new URLSearchParams(location.search).get("way") === "react" ? memoisedReact(target) : wholeMarkdownIt(target);
}

/** The whole text through markdown-it and DOMPurify with every piece. */
function wholeMarkdownIt(target: HTMLElement): (piece: string) => void {
  const markdown = new MarkdownParser({ html: false, linkify: true });
  const purifier = createPurifier(window);
  let text = "";
  return (piece) => {
    text += piece;
    target.innerHTML = purifier.sanitize(markdown.render(text));
  };
}

/** react-markdown with one memoised element for each block that marked's lexer finds. */
function memoisedReact(target: HTMLElement): (piece: string) => void {
  let text = "";
  let changed = (): void => {};
  const subscribe = (listener: () => void): (() => void) => {
    changed = listener;
    return () => {};
  };
  const Block = memo(({ content }: { content: string }) =>
    createElement(Markdown, { remarkPlugins: PLUGINS }, content),
  );
  const Answer = () => {
    const whole = useSyncExternalStore(subscribe, () => text);
    const blocks = useMemo(() => marked.lexer(whole).map(({ raw }) => raw), [whole]);
    return blocks.map((content, index) => createElement(Block, { content, key: index }));
  };
  createRoot(target).render(createElement(Answer));
  return (piece) => {
    text += piece;
    changed();
  };
}
