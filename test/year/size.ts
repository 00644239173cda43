/** How large the year is. YEAR_ORDERS=5000 YEAR_RMAS=900 makes it that of a busy shop; the sixty faults are the same at every size. */
export const YEAR_SIZE = { orders: Number(process.env.YEAR_ORDERS ?? 1200), rmas: Number(process.env.YEAR_RMAS ?? 130) };
