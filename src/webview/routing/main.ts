/** Entry of the routing view's page: `<waybill-routing>` comes alive here. */
import "./waybill-routing.ts";
