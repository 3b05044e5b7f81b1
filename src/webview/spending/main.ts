/** Entry of the spending view's page: `<waybill-spending>` comes alive here. */
import "./waybill-spending.ts";
