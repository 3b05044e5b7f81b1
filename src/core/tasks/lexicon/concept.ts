/** What can be done. */
export const ACTION_CONCEPTS = [
  "repair",
  "restructure",
  /** Splits or moves: code, the interface or a piece of work. */
  "rearrange",
  "judge",
  "explain",
  "annotate",
  "verify",
  "produce",
  /** "make" and its like: makes something new, or makes what is there different. */
  "make",
  "extend",
  "change",
  "remove",
  /** What one does at a prompt: install, kill, undo, push. */
  "operate",
  /** Finds, lists, counts, shows: at a prompt when its object is there. */
  "look-up",
  "plan",
] as const;

/**
 * What words of a request can stand for, in any language. Speech acts say what kind of answer is wanted, actions what is
 * to be done, objects to what, and qualities how it is or should be.
 */
export const CONCEPTS = [
  // Speech acts.
  /** Asks for something to be done: "please", "can you", "I need". */
  "request",
  "what",
  "why",
  "how",
  /** Asks how the person does something: "how do I", "is there a way to". */
  "how-to",
  /** Asks yes or no, or "which", at the start of a clause. */
  "polar",
  /** Asks for advice or a comparison: "should I", "better", "difference". */
  "advice",
  /** Greetings and thanks. */
  "social",

  ...ACTION_CONCEPTS,

  // Objects.
  "tests",
  "docs",
  "commit-text",
  "command",
  /** Programs that are used at a prompt. */
  "shell-tool",
  /** What such programs act on: files, branches, processes, ports. */
  "system-thing",
  "title",
  "conversation",
  "design",
  "error",
  /** Something code consists of: function, class, endpoint, page. */
  "code-thing",
  /** A part of what is there: parameter, button, timeout. */
  "detail",
  "programming-language",
  /** Points at what is there: this, it, here, my code. */
  "pointer",
  /** Stands in the text as code: a path, an identifier, inline code. */
  "symbol",

  // Qualities.
  /** Says that something does not work. */
  "fault",
  /** Cleaner, shorter, faster, or what stands in the way of it. */
  "quality",
  /** Safe, right, thread-safe, best practice. */
  "soundness",
  "meaning",
  "instead",
  /** Says how it should be: "should", "must". */
  "desired",
  /** No code yet. */
  "no-code",
  /** The whole of a project. */
  "scope",

  // Grammar.
  /** Begins a clause that says more about something. */
  "subordinator",
  /** Begins a complement. */
  "preposition",
  "negation",
  "conjunction",
  /** Says nothing; may stand before an imperative. */
  "filler",
] as const;

export type Concept = (typeof CONCEPTS)[number];

/**
 * The words and phrases of each concept, separated by commas. A `*` at the end of a word stands for any ending. Where
 * phrases overlap in a text, the longest counts.
 */
export type Lexicon = Readonly<Partial<Record<Concept, string>>>;
