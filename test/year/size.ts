/** How large the year is: that of a busy shop. YEAR_ORDERS and YEAR_RMAS make it smaller for a quick look (not below 900 and 135); the faults are the same at every size. */
export const YEAR_SIZE = { orders: Number(process.env.YEAR_ORDERS ?? 5_000), rmas: Number(process.env.YEAR_RMAS ?? 900) };
