/** Entry of the chat view's page: `<waybill-chat>` comes alive here. Markdown and colours follow in chunks of their own. */
import "./waybill-chat.ts";
