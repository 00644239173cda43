/**
 * Types of the GraphQL documents beside this file and under settlement/, made from the Admin schema 2026-10 by scripts/codegen.ts.
 * Change the documents and run the generator; what is written here by hand is lost.
 */
import { TypedDocumentString } from './typedDocument';
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type BulkOperationErrorCode =
  | 'ACCESS_DENIED'
  | 'INTERNAL_SERVER_ERROR'
  | 'TIMEOUT';

export type BulkOperationStatus =
  | 'CANCELED'
  | 'CANCELING'
  | 'COMPLETED'
  | 'CREATED'
  | 'EXPIRED'
  | 'FAILED'
  | 'RUNNING';

export type BulkOperationUserErrorCode =
  | 'INVALID'
  | 'LIMIT_REACHED'
  | 'OPERATION_IN_PROGRESS';

export type CountryCode =
  | 'AC'
  | 'AD'
  | 'AE'
  | 'AF'
  | 'AG'
  | 'AI'
  | 'AL'
  | 'AM'
  | 'AN'
  | 'AO'
  | 'AR'
  | 'AT'
  | 'AU'
  | 'AW'
  | 'AX'
  | 'AZ'
  | 'BA'
  | 'BB'
  | 'BD'
  | 'BE'
  | 'BF'
  | 'BG'
  | 'BH'
  | 'BI'
  | 'BJ'
  | 'BL'
  | 'BM'
  | 'BN'
  | 'BO'
  | 'BQ'
  | 'BR'
  | 'BS'
  | 'BT'
  | 'BV'
  | 'BW'
  | 'BY'
  | 'BZ'
  | 'CA'
  | 'CC'
  | 'CD'
  | 'CF'
  | 'CG'
  | 'CH'
  | 'CI'
  | 'CK'
  | 'CL'
  | 'CM'
  | 'CN'
  | 'CO'
  | 'CR'
  | 'CU'
  | 'CV'
  | 'CW'
  | 'CX'
  | 'CY'
  | 'CZ'
  | 'DE'
  | 'DJ'
  | 'DK'
  | 'DM'
  | 'DO'
  | 'DZ'
  | 'EC'
  | 'EE'
  | 'EG'
  | 'EH'
  | 'ER'
  | 'ES'
  | 'ET'
  | 'FI'
  | 'FJ'
  | 'FK'
  | 'FO'
  | 'FR'
  | 'GA'
  | 'GB'
  | 'GD'
  | 'GE'
  | 'GF'
  | 'GG'
  | 'GH'
  | 'GI'
  | 'GL'
  | 'GM'
  | 'GN'
  | 'GP'
  | 'GQ'
  | 'GR'
  | 'GS'
  | 'GT'
  | 'GW'
  | 'GY'
  | 'HK'
  | 'HM'
  | 'HN'
  | 'HR'
  | 'HT'
  | 'HU'
  | 'ID'
  | 'IE'
  | 'IL'
  | 'IM'
  | 'IN'
  | 'IO'
  | 'IQ'
  | 'IR'
  | 'IS'
  | 'IT'
  | 'JE'
  | 'JM'
  | 'JO'
  | 'JP'
  | 'KE'
  | 'KG'
  | 'KH'
  | 'KI'
  | 'KM'
  | 'KN'
  | 'KP'
  | 'KR'
  | 'KW'
  | 'KY'
  | 'KZ'
  | 'LA'
  | 'LB'
  | 'LC'
  | 'LI'
  | 'LK'
  | 'LR'
  | 'LS'
  | 'LT'
  | 'LU'
  | 'LV'
  | 'LY'
  | 'MA'
  | 'MC'
  | 'MD'
  | 'ME'
  | 'MF'
  | 'MG'
  | 'MK'
  | 'ML'
  | 'MM'
  | 'MN'
  | 'MO'
  | 'MQ'
  | 'MR'
  | 'MS'
  | 'MT'
  | 'MU'
  | 'MV'
  | 'MW'
  | 'MX'
  | 'MY'
  | 'MZ'
  | 'NA'
  | 'NC'
  | 'NE'
  | 'NF'
  | 'NG'
  | 'NI'
  | 'NL'
  | 'NO'
  | 'NP'
  | 'NR'
  | 'NU'
  | 'NZ'
  | 'OM'
  | 'PA'
  | 'PE'
  | 'PF'
  | 'PG'
  | 'PH'
  | 'PK'
  | 'PL'
  | 'PM'
  | 'PN'
  | 'PS'
  | 'PT'
  | 'PY'
  | 'QA'
  | 'RE'
  | 'RO'
  | 'RS'
  | 'RU'
  | 'RW'
  | 'SA'
  | 'SB'
  | 'SC'
  | 'SD'
  | 'SE'
  | 'SG'
  | 'SH'
  | 'SI'
  | 'SJ'
  | 'SK'
  | 'SL'
  | 'SM'
  | 'SN'
  | 'SO'
  | 'SR'
  | 'SS'
  | 'ST'
  | 'SV'
  | 'SX'
  | 'SY'
  | 'SZ'
  | 'TA'
  | 'TC'
  | 'TD'
  | 'TF'
  | 'TG'
  | 'TH'
  | 'TJ'
  | 'TK'
  | 'TL'
  | 'TM'
  | 'TN'
  | 'TO'
  | 'TR'
  | 'TT'
  | 'TV'
  | 'TW'
  | 'TZ'
  | 'UA'
  | 'UG'
  | 'UM'
  | 'US'
  | 'UY'
  | 'UZ'
  | 'VA'
  | 'VC'
  | 'VE'
  | 'VG'
  | 'VN'
  | 'VU'
  | 'WF'
  | 'WS'
  | 'XK'
  | 'YE'
  | 'YT'
  | 'ZA'
  | 'ZM'
  | 'ZW'
  | 'ZZ';

export type CurrencyCode = string;

export type ExchangeLineItemAppliedDiscountInput = {
  description?: string | null | undefined;
  value: ExchangeLineItemAppliedDiscountValueInput;
};

export type ExchangeLineItemAppliedDiscountValueInput =
  {   amount: MoneyInput; percentage?: never; }
  |  { amount?: never;   percentage: number; };

export type ExchangeLineItemInput = {
  appliedDiscount?: ExchangeLineItemAppliedDiscountInput | null | undefined;
  giftCardCodes?: Array<string> | null | undefined;
  quantity: number;
  variantId?: string | null | undefined;
};

export type GiftCardCreateInput = {
  code?: string | null | undefined;
  crossCurrencyRedemptionStrategy?: GiftCardCrossCurrencyRedemptionStrategy | null | undefined;
  customerId?: string | null | undefined;
  expiresOn?: string | null | undefined;
  initialAmount?: MoneyInput | null | undefined;
  /** @deprecated Use `initialAmount` instead. */
  initialValue?: string | null | undefined;
  note?: string | null | undefined;
  recipientAttributes?: GiftCardRecipientInput | null | undefined;
  templateSuffix?: string | null | undefined;
};

export type GiftCardCrossCurrencyRedemptionStrategy =
  | 'MARKET_FX'
  | 'NONE'
  | 'SPOT_FX';

export type GiftCardDeactivateUserErrorCode =
  | 'GIFT_CARD_NOT_FOUND';

export type GiftCardErrorCode =
  | 'CUSTOMER_NOT_FOUND'
  | 'GIFT_CARD_LIMIT_EXCEEDED'
  | 'GREATER_THAN'
  | 'INTERNAL_ERROR'
  | 'INVALID'
  | 'MISSING_ARGUMENT'
  | 'RECIPIENT_NOT_FOUND'
  | 'TAKEN'
  | 'TOO_LONG'
  | 'TOO_SHORT';

export type GiftCardRecipientInput = {
  id: string;
  message?: string | null | undefined;
  preferredName?: string | null | undefined;
  sendNotificationAt?: string | null | undefined;
};

export type GiftCardSendNotificationToCustomerUserErrorCode =
  | 'CUSTOMER_NOT_FOUND'
  | 'GIFT_CARD_NOT_FOUND'
  | 'INVALID';

export type GiftCardSendNotificationToRecipientUserErrorCode =
  | 'GIFT_CARD_NOT_FOUND'
  | 'INVALID'
  | 'RECIPIENT_NOT_FOUND';

export type HasMetafieldsMetafieldIdentifierInput = {
  key: string;
  namespace?: string | null | undefined;
};

export type InventoryAdjustQuantitiesInput = {
  changes: Array<InventoryChangeInput>;
  name: string;
  reason: string;
  referenceDocumentUri?: string | null | undefined;
};

export type InventoryAdjustQuantitiesUserErrorCode =
  | 'ADJUST_QUANTITIES_FAILED'
  | 'CHANGE_FROM_QUANTITY_STALE'
  | 'IDEMPOTENCY_CONCURRENT_REQUEST'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED'
  | 'INTERNAL_LEDGER_DOCUMENT'
  | 'INVALID_AVAILABLE_DOCUMENT'
  | 'INVALID_INVENTORY_ITEM'
  | 'INVALID_LEDGER_DOCUMENT'
  | 'INVALID_LOCATION'
  | 'INVALID_QUANTITY_DOCUMENT'
  | 'INVALID_QUANTITY_NAME'
  | 'INVALID_QUANTITY_TOO_HIGH'
  | 'INVALID_QUANTITY_TOO_LOW'
  | 'INVALID_REASON'
  | 'INVALID_REFERENCE_DOCUMENT'
  | 'MAX_ONE_LEDGER_DOCUMENT'
  | 'NON_MUTABLE_INVENTORY_ITEM'
  | 'SERVICE_UNAVAILABLE';

export type InventoryChangeInput = {
  changeFromQuantity?: number | null | undefined;
  delta: number;
  inventoryItemId: string;
  ledgerDocumentUri?: string | null | undefined;
  locationId: string;
};

export type InventoryMoveQuantitiesInput = {
  changes: Array<InventoryMoveQuantityChange>;
  reason: string;
  referenceDocumentUri: string;
};

export type InventoryMoveQuantitiesUserErrorCode =
  | 'CHANGE_FROM_QUANTITY_STALE'
  | 'DIFFERENT_LOCATIONS'
  | 'IDEMPOTENCY_CONCURRENT_REQUEST'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED'
  | 'INTERNAL_LEDGER_DOCUMENT'
  | 'INVALID_AVAILABLE_DOCUMENT'
  | 'INVALID_INVENTORY_ITEM'
  | 'INVALID_LEDGER_DOCUMENT'
  | 'INVALID_LOCATION'
  | 'INVALID_QUANTITY_DOCUMENT'
  | 'INVALID_QUANTITY_NAME'
  | 'INVALID_QUANTITY_NEGATIVE'
  | 'INVALID_QUANTITY_TOO_HIGH'
  | 'INVALID_REASON'
  | 'INVALID_REFERENCE_DOCUMENT'
  | 'MAXIMUM_LEDGER_DOCUMENT_URIS'
  | 'MOVE_QUANTITIES_FAILED'
  | 'NON_MUTABLE_INVENTORY_ITEM'
  | 'SAME_QUANTITY_NAME'
  | 'SERVICE_UNAVAILABLE';

export type InventoryMoveQuantityChange = {
  from: InventoryMoveQuantityTerminalInput;
  inventoryItemId: string;
  quantity: number;
  to: InventoryMoveQuantityTerminalInput;
};

export type InventoryMoveQuantityTerminalInput = {
  changeFromQuantity?: number | null | undefined;
  ledgerDocumentUri?: string | null | undefined;
  locationId: string;
  name: string;
};

export type MetafieldAccessInput = {
  admin?: MetafieldAdminAccessInput | null | undefined;
  customerAccount?: MetafieldCustomerAccountAccessInput | null | undefined;
  storefront?: MetafieldStorefrontAccessInput | null | undefined;
};

export type MetafieldAdminAccessInput =
  | 'MERCHANT_READ'
  | 'MERCHANT_READ_WRITE';

export type MetafieldCapabilityAdminFilterableInput = {
  enabled: boolean;
};

export type MetafieldCapabilityAnalyticsQueryableInput = {
  enabled: boolean;
};

export type MetafieldCapabilityCartToOrderCopyableInput = {
  enabled: boolean;
};

export type MetafieldCapabilityCreateInput = {
  adminFilterable?: MetafieldCapabilityAdminFilterableInput | null | undefined;
  analyticsQueryable?: MetafieldCapabilityAnalyticsQueryableInput | null | undefined;
  cartToOrderCopyable?: MetafieldCapabilityCartToOrderCopyableInput | null | undefined;
  smartCollectionCondition?: MetafieldCapabilitySmartCollectionConditionInput | null | undefined;
  uniqueValues?: MetafieldCapabilityUniqueValuesInput | null | undefined;
};

export type MetafieldCapabilitySmartCollectionConditionInput = {
  enabled: boolean;
};

export type MetafieldCapabilityUniqueValuesInput = {
  enabled: boolean;
};

export type MetafieldCustomerAccountAccessInput =
  | 'NONE'
  | 'READ'
  | 'READ_WRITE';

export type MetafieldDefinitionConstraintsInput = {
  key: string;
  values: Array<string>;
};

export type MetafieldDefinitionCreateUserErrorCode =
  | 'ADMIN_ACCESS_INPUT_NOT_ALLOWED'
  | 'BLANK'
  | 'CAPABILITY_REQUIRED_BUT_DISABLED'
  | 'DUPLICATE_OPTION'
  | 'INCLUSION'
  | 'INVALID'
  | 'INVALID_CAPABILITY'
  | 'INVALID_CHARACTER'
  | 'INVALID_CONSTRAINTS'
  | 'INVALID_INPUT_COMBINATION'
  | 'INVALID_OPTION'
  | 'LIMIT_EXCEEDED'
  | 'OWNER_TYPE_LIMIT_EXCEEDED_FOR_AUTOMATED_COLLECTIONS'
  | 'OWNER_TYPE_LIMIT_EXCEEDED_FOR_USE_AS_ADMIN_FILTERS'
  | 'PINNED_LIMIT_REACHED'
  | 'PRESENT'
  | 'RESERVED_NAMESPACE_KEY'
  | 'RESOURCE_TYPE_LIMIT_EXCEEDED'
  | 'RESOURCE_TYPE_LIMIT_EXCEEDED_BY_APP'
  | 'TAKEN'
  | 'TOO_LONG'
  | 'TOO_SHORT'
  | 'TYPE_NOT_ALLOWED_FOR_CONDITIONS'
  | 'UNSTRUCTURED_ALREADY_EXISTS'
  | 'UNSUPPORTED_PINNING';

export type MetafieldDefinitionInput = {
  access?: MetafieldAccessInput | null | undefined;
  capabilities?: MetafieldCapabilityCreateInput | null | undefined;
  constraints?: MetafieldDefinitionConstraintsInput | null | undefined;
  description?: string | null | undefined;
  key: string;
  name: string;
  namespace?: string | null | undefined;
  ownerType: MetafieldOwnerType;
  pin?: boolean | null | undefined;
  type: string;
  /** @deprecated Use `smartCollectionCondition` instead. */
  useAsCollectionCondition?: boolean | null | undefined;
  validations?: Array<MetafieldDefinitionValidationInput> | null | undefined;
};

export type MetafieldDefinitionValidationInput = {
  name: string;
  value: string;
};

export type MetafieldOwnerType =
  | 'API_PERMISSION'
  | 'ARTICLE'
  | 'BLOG'
  | 'CARTTRANSFORM'
  | 'COLLECTION'
  | 'COMPANY'
  | 'COMPANY_LOCATION'
  | 'CUSTOMER'
  | 'DELIVERY_CUSTOMIZATION'
  | 'DISCOUNT'
  | 'DRAFTORDER'
  | 'FULFILLMENT_CONSTRAINT_RULE'
  | 'GIFT_CARD_TRANSACTION'
  | 'LOCATION'
  | 'MARKET'
  | 'MEDIA_IMAGE'
  | 'ORDER'
  | 'ORDER_ROUTING_LOCATION_RULE'
  | 'PAGE'
  | 'PAYMENT_CUSTOMIZATION'
  | 'PRODUCT'
  | 'PRODUCTVARIANT'
  | 'SELLING_PLAN'
  | 'SHOP'
  | 'TRANSFER'
  | 'VALIDATION';

export type MetafieldStorefrontAccessInput =
  | 'NONE'
  | 'PUBLIC_READ';

export type MetafieldsSetInput = {
  compareDigest?: string | null | undefined;
  key: string;
  namespace?: string | null | undefined;
  ownerId: string;
  type?: string | null | undefined;
  value: string;
};

export type MetafieldsSetUserErrorCode =
  | 'APP_NOT_AUTHORIZED'
  | 'BLANK'
  | 'CAPABILITY_VIOLATION'
  | 'INCLUSION'
  | 'INTERNAL_ERROR'
  | 'INVALID'
  | 'INVALID_COMPARE_DIGEST'
  | 'INVALID_TYPE'
  | 'INVALID_VALUE'
  | 'LESS_THAN_OR_EQUAL_TO'
  | 'PRESENT'
  | 'STALE_OBJECT'
  | 'TAKEN'
  | 'TOO_LONG'
  | 'TOO_SHORT';

export type MoneyInput = {
  amount: string;
  currencyCode: CurrencyCode;
};

export type OrderAdjustmentInputDiscrepancyReason =
  | 'CUSTOMER'
  | 'DAMAGE'
  | 'OTHER'
  | 'RESTOCK';

export type OrderDisplayFinancialStatus =
  | 'AUTHORIZED'
  | 'EXPIRED'
  | 'PAID'
  | 'PARTIALLY_PAID'
  | 'PARTIALLY_REFUNDED'
  | 'PENDING'
  | 'REFUNDED'
  | 'VOIDED';

export type OrderDisplayFulfillmentStatus =
  | 'FULFILLED'
  | 'FULFILLMENT_NOT_REQUIRED'
  | 'IN_PROGRESS'
  | 'ON_HOLD'
  | 'OPEN'
  | 'PARTIALLY_FULFILLED'
  | 'PENDING_FULFILLMENT'
  | 'REQUEST_DECLINED'
  | 'RESTOCKED'
  | 'SCHEDULED'
  | 'UNFULFILLED';

export type OrderReturnStatus =
  | 'INSPECTION_COMPLETE'
  | 'IN_PROGRESS'
  | 'NO_RETURN'
  | 'RETURNED'
  | 'RETURN_FAILED'
  | 'RETURN_REQUESTED';

export type OrderTransactionInput = {
  amount: string;
  gateway: string;
  kind: OrderTransactionKind;
  orderId: string;
  parentId?: string | null | undefined;
};

export type OrderTransactionKind =
  | 'AUTHORIZATION'
  | 'CAPTURE'
  | 'CHANGE'
  | 'EMV_AUTHORIZATION'
  | 'REFUND'
  | 'SALE'
  | 'SUGGESTED_REFUND'
  | 'VOID';

export type OrderTransactionStatus =
  | 'AWAITING_RESPONSE'
  | 'ERROR'
  | 'FAILURE'
  | 'PENDING'
  | 'SUCCESS'
  | 'UNKNOWN';

export type RefundDutyInput = {
  dutyId: string;
  refundType?: RefundDutyRefundType | null | undefined;
};

export type RefundDutyRefundType =
  | 'FULL'
  | 'PROPORTIONAL';

export type RefundInput = {
  allowOverRefunding?: boolean | null | undefined;
  currency?: CurrencyCode | null | undefined;
  discrepancyReason?: OrderAdjustmentInputDiscrepancyReason | null | undefined;
  note?: string | null | undefined;
  notify?: boolean | null | undefined;
  orderId: string;
  processedAt?: string | null | undefined;
  refundDuties?: Array<RefundDutyInput> | null | undefined;
  refundLineItems?: Array<RefundLineItemInput> | null | undefined;
  refundMethods?: Array<RefundMethodInput> | null | undefined;
  shipping?: ShippingRefundInput | null | undefined;
  transactions?: Array<OrderTransactionInput> | null | undefined;
};

export type RefundLineItemInput = {
  lineItemId: string;
  locationId?: string | null | undefined;
  quantity: number;
  restockType?: RefundLineItemRestockType | null | undefined;
};

export type RefundLineItemRestockType =
  | 'CANCEL'
  | 'LEGACY_RESTOCK'
  | 'NO_RESTOCK'
  | 'RETURN';

export type RefundMethodInput =
  {   storeCreditRefund: StoreCreditRefundInput; };

export type RefundShippingInput = {
  fullRefund?: boolean | null | undefined;
  shippingRefundAmount?: MoneyInput | null | undefined;
};

export type RestockingFeeInput = {
  percentage: number;
};

export type ReturnApproveRequestInput = {
  id: string;
  notifyCustomer?: boolean | null | undefined;
  /** @deprecated This field is temporary to support the transition to Returns Processing APIs. */
  unprocessed?: boolean | null | undefined;
};

export type ReturnDeclineReason =
  | 'FINAL_SALE'
  | 'OTHER'
  | 'RETURN_PERIOD_ENDED';

export type ReturnDeclineRequestInput = {
  declineNote?: string | null | undefined;
  declineReason: ReturnDeclineReason;
  id: string;
  notifyCustomer?: boolean | null | undefined;
};

export type ReturnErrorCode =
  | 'ALREADY_EXISTS'
  | 'BLANK'
  | 'CREATION_FAILED'
  | 'EQUAL_TO'
  | 'FEATURE_NOT_ENABLED'
  | 'GREATER_THAN'
  | 'GREATER_THAN_OR_EQUAL_TO'
  | 'INCLUSION'
  | 'INCOMPATIBLE_WITH_STANDARD_POLICY'
  | 'INTERNAL_ERROR'
  | 'INVALID'
  | 'INVALID_STATE'
  | 'LESS_THAN'
  | 'LESS_THAN_OR_EQUAL_TO'
  | 'MISSING_PERMISSION'
  | 'NOTIFICATION_FAILED'
  | 'NOT_A_NUMBER'
  | 'NOT_EDITABLE'
  | 'NOT_FOUND'
  | 'PRESENT'
  | 'TAKEN'
  | 'TOO_BIG'
  | 'TOO_LONG'
  | 'TOO_MANY_ARGUMENTS'
  | 'TOO_SHORT'
  | 'WRONG_LENGTH';

export type ReturnInput = {
  exchangeLineItems?: Array<ExchangeLineItemInput> | null | undefined;
  /** @deprecated This field is no longer supported and any value provided to it is currently ignored. */
  notifyCustomer?: boolean | null | undefined;
  orderId: string;
  requestedAt?: string | null | undefined;
  returnLineItems: Array<ReturnLineItemInput>;
  returnShippingFee?: ReturnShippingFeeInput | null | undefined;
  /** @deprecated This field is temporary to support the transition to Returns Processing APIs. */
  unprocessed?: boolean | null | undefined;
};

export type ReturnLineItemInput = {
  fulfillmentLineItemId: string;
  quantity: number;
  restockingFee?: RestockingFeeInput | null | undefined;
  /** @deprecated Use `returnReasonDefinitionId` instead. This field will be removed in the future. */
  returnReason?: ReturnReason | null | undefined;
  returnReasonDefinitionId?: string | null | undefined;
  returnReasonNote?: string | null | undefined;
};

export type ReturnLineItemRemoveFromReturnInput = {
  quantity: number;
  returnLineItemId: string;
};

export type ReturnProcessExchangeLineItemInput = {
  id: string;
  quantity: number;
};

export type ReturnProcessFinancialTransferInput =
  {   issueRefund: ReturnProcessRefundInput; };

export type ReturnProcessInput = {
  exchangeLineItems?: Array<ReturnProcessExchangeLineItemInput> | null | undefined;
  financialTransfer?: ReturnProcessFinancialTransferInput | null | undefined;
  note?: string | null | undefined;
  notifyCustomer?: boolean | null | undefined;
  refundDuties?: Array<RefundDutyInput> | null | undefined;
  refundShipping?: RefundShippingInput | null | undefined;
  returnId: string;
  returnLineItems?: Array<ReturnProcessReturnLineItemInput> | null | undefined;
  tipLineId?: string | null | undefined;
};

export type ReturnProcessRefundInput = {
  allowOverRefunding?: boolean | null | undefined;
  orderTransactions: Array<ReturnRefundOrderTransactionInput>;
  refundMethods?: Array<RefundMethodInput> | null | undefined;
};

export type ReturnProcessReturnLineItemInput = {
  dispositions?: Array<ReverseFulfillmentOrderDisposeInput> | null | undefined;
  id: string;
  quantity: number;
};

export type ReturnReason =
  | 'COLOR'
  | 'DEFECTIVE'
  | 'NOT_AS_DESCRIBED'
  | 'OTHER'
  | 'SIZE_TOO_LARGE'
  | 'SIZE_TOO_SMALL'
  | 'STYLE'
  | 'UNKNOWN'
  | 'UNWANTED'
  | 'WRONG_ITEM';

export type ReturnRefundOrderTransactionInput = {
  parentId: string;
  transactionAmount: MoneyInput;
};

export type ReturnRequestInput = {
  orderId: string;
  returnLineItems: Array<ReturnRequestLineItemInput>;
  returnShippingFee?: ReturnShippingFeeInput | null | undefined;
};

export type ReturnRequestLineItemInput = {
  customerNote?: string | null | undefined;
  fulfillmentLineItemId: string;
  quantity: number;
  restockingFee?: RestockingFeeInput | null | undefined;
  /** @deprecated Use `returnReasonDefinitionId` instead. This field will be removed in the future. */
  returnReason?: ReturnReason | null | undefined;
  returnReasonDefinitionId?: string | null | undefined;
};

export type ReturnShippingFeeInput = {
  amount: MoneyInput;
};

export type ReturnStatus =
  | 'CANCELED'
  | 'CLOSED'
  | 'DECLINED'
  | 'OPEN'
  | 'REQUESTED';

export type ReverseDeliveryLabelInput = {
  fileUrl: string;
};

export type ReverseDeliveryLineItemInput = {
  quantity: number;
  reverseFulfillmentOrderLineItemId: string;
};

export type ReverseDeliveryTrackingInput = {
  number?: string | null | undefined;
  url?: string | null | undefined;
};

export type ReverseFulfillmentOrderDisposeInput = {
  dispositionType: ReverseFulfillmentOrderDispositionType;
  locationId?: string | null | undefined;
  quantity: number;
  reverseFulfillmentOrderLineItemId: string;
};

export type ReverseFulfillmentOrderDispositionType =
  | 'MISSING'
  | 'NOT_RESTOCKED'
  | 'PROCESSING_REQUIRED'
  | 'RESTOCKED';

export type ReverseFulfillmentOrderStatus =
  | 'CANCELED'
  | 'CLOSED'
  | 'OPEN';

export type ShippingRefundInput = {
  amount?: string | null | undefined;
  fullRefund?: boolean | null | undefined;
};

export type ShopifyPaymentsBalanceTransactionPayoutStatus =
  | 'ACTION_REQUIRED'
  | 'CANCELED'
  | 'FAILED'
  | 'IN_TRANSIT'
  | 'PAID'
  | 'PENDING'
  | 'SCHEDULED';

export type ShopifyPaymentsSourceType =
  | 'ADJUSTMENT'
  | 'ADJUSTMENT_REVERSAL'
  | 'CHARGE'
  | 'DISPUTE'
  | 'REFUND'
  | 'SYSTEM_ADJUSTMENT'
  | 'TRANSFER';

export type ShopifyPaymentsTransactionType =
  | 'ACH_BANK_FAILURE_DEBIT_FEE'
  | 'ACH_BANK_FAILURE_DEBIT_REVERSAL_FEE'
  | 'ADJUSTMENT'
  | 'ADS_PUBLISHER_CREDIT'
  | 'ADS_PUBLISHER_CREDIT_REVERSAL'
  | 'ADVANCE'
  | 'ADVANCE_FUNDING'
  | 'ANOMALY_CREDIT'
  | 'ANOMALY_CREDIT_REVERSAL'
  | 'ANOMALY_DEBIT'
  | 'ANOMALY_DEBIT_REVERSAL'
  | 'APPLICATION_FEE_REFUND'
  | 'BALANCE_TRANSFER_INBOUND'
  | 'BALANCE_TRANSFER_OUTBOUND'
  | 'BILLING_DEBIT'
  | 'BILLING_DEBIT_REVERSAL'
  | 'CHANNEL_CREDIT'
  | 'CHANNEL_CREDIT_REVERSAL'
  | 'CHANNEL_PROMOTION_CREDIT'
  | 'CHANNEL_PROMOTION_CREDIT_REVERSAL'
  | 'CHANNEL_TRANSFER_CREDIT'
  | 'CHANNEL_TRANSFER_CREDIT_REVERSAL'
  | 'CHANNEL_TRANSFER_DEBIT'
  | 'CHANNEL_TRANSFER_DEBIT_REVERSAL'
  | 'CHARGE'
  | 'CHARGEBACK_FEE'
  | 'CHARGEBACK_FEE_REFUND'
  | 'CHARGEBACK_HOLD'
  | 'CHARGEBACK_HOLD_RELEASE'
  | 'CHARGEBACK_PROTECTION_CREDIT'
  | 'CHARGEBACK_PROTECTION_CREDIT_REVERSAL'
  | 'CHARGEBACK_PROTECTION_DEBIT'
  | 'CHARGEBACK_PROTECTION_DEBIT_REVERSAL'
  | 'CHARGE_ADJUSTMENT'
  | 'COLLECTIONS_CREDIT'
  | 'COLLECTIONS_CREDIT_REVERSAL'
  | 'CUSTOMS_DUTY'
  | 'CUSTOMS_DUTY_ADJUSTMENT'
  | 'DISPUTE_REVERSAL'
  | 'DISPUTE_WITHDRAWAL'
  | 'IMPORT_TAX'
  | 'IMPORT_TAX_ADJUSTMENT'
  | 'IMPORT_TAX_REFUND'
  | 'LENDING_CAPITAL_REFUND'
  | 'LENDING_CAPITAL_REFUND_REVERSAL'
  | 'LENDING_CAPITAL_REMITTANCE'
  | 'LENDING_CAPITAL_REMITTANCE_REVERSAL'
  | 'LENDING_CREDIT'
  | 'LENDING_CREDIT_REFUND'
  | 'LENDING_CREDIT_REFUND_REVERSAL'
  | 'LENDING_CREDIT_REMITTANCE'
  | 'LENDING_CREDIT_REMITTANCE_REVERSAL'
  | 'LENDING_CREDIT_REVERSAL'
  | 'LENDING_DEBIT'
  | 'LENDING_DEBIT_REVERSAL'
  | 'MARKETPLACE_FEE_CREDIT'
  | 'MARKETPLACE_FEE_CREDIT_REVERSAL'
  | 'MARKETS_PRO_CREDIT'
  | 'MERCHANT_GOODWILL_CREDIT'
  | 'MERCHANT_GOODWILL_CREDIT_REVERSAL'
  | 'MERCHANT_TO_MERCHANT_CREDIT'
  | 'MERCHANT_TO_MERCHANT_CREDIT_REVERSAL'
  | 'MERCHANT_TO_MERCHANT_DEBIT'
  | 'MERCHANT_TO_MERCHANT_DEBIT_REVERSAL'
  | 'PROMOTION_CREDIT'
  | 'PROMOTION_CREDIT_REVERSAL'
  | 'REFERRAL_FEE'
  | 'REFERRAL_FEE_TAX'
  | 'REFUND'
  | 'REFUND_ADJUSTMENT'
  | 'REFUND_FAILURE'
  | 'RESERVED_FUNDS'
  | 'RESERVED_FUNDS_REVERSAL'
  | 'RESERVED_FUNDS_WITHDRAWAL'
  | 'RISK_REVERSAL'
  | 'RISK_WITHDRAWAL'
  | 'SELLER_PROTECTION_CREDIT'
  | 'SELLER_PROTECTION_CREDIT_REVERSAL'
  | 'SHIPPING_LABEL'
  | 'SHIPPING_LABEL_ADJUSTMENT'
  | 'SHIPPING_LABEL_ADJUSTMENT_BASE'
  | 'SHIPPING_LABEL_ADJUSTMENT_SURCHARGE'
  | 'SHIPPING_OTHER_CARRIER_CHARGE_ADJUSTMENT'
  | 'SHIPPING_RETURN_TO_ORIGIN_ADJUSTMENT'
  | 'SHOPIFY_COLLECTIVE_CREDIT'
  | 'SHOPIFY_COLLECTIVE_CREDIT_REVERSAL'
  | 'SHOPIFY_COLLECTIVE_DEBIT'
  | 'SHOPIFY_COLLECTIVE_DEBIT_REVERSAL'
  | 'SHOPIFY_SOURCE_CREDIT'
  | 'SHOPIFY_SOURCE_CREDIT_REVERSAL'
  | 'SHOPIFY_SOURCE_DEBIT'
  | 'SHOPIFY_SOURCE_DEBIT_REVERSAL'
  | 'SHOP_CASH_BILLING_DEBIT'
  | 'SHOP_CASH_BILLING_DEBIT_REVERSAL'
  | 'SHOP_CASH_CAMPAIGN_BILLING_CREDIT'
  | 'SHOP_CASH_CAMPAIGN_BILLING_CREDIT_REVERSAL'
  | 'SHOP_CASH_CAMPAIGN_BILLING_DEBIT'
  | 'SHOP_CASH_CAMPAIGN_BILLING_DEBIT_REVERSAL'
  | 'SHOP_CASH_CREDIT'
  | 'SHOP_CASH_CREDIT_REVERSAL'
  | 'SHOP_CASH_REFUND_DEBIT'
  | 'SHOP_CASH_REFUND_DEBIT_REVERSAL'
  | 'STRIPE_FEE'
  | 'TAX_ADJUSTMENT_CREDIT'
  | 'TAX_ADJUSTMENT_CREDIT_REVERSAL'
  | 'TAX_ADJUSTMENT_DEBIT'
  | 'TAX_ADJUSTMENT_DEBIT_REVERSAL'
  | 'TRANSFER'
  | 'TRANSFER_CANCEL'
  | 'TRANSFER_FAILURE'
  | 'TRANSFER_REFUND'
  | 'VAT_REFUND_CREDIT'
  | 'VAT_REFUND_CREDIT_REVERSAL';

export type StoreCreditAccountCreditInput = {
  creditAmount: MoneyInput;
  expiresAt?: string | null | undefined;
  notify?: boolean | null | undefined;
};

export type StoreCreditAccountCreditUserErrorCode =
  | 'ACCOUNT_NOT_FOUND'
  | 'CREDIT_LIMIT_EXCEEDED'
  | 'EXPIRES_AT_IN_PAST'
  | 'MISMATCHING_CURRENCY'
  | 'NEGATIVE_OR_ZERO_AMOUNT'
  | 'OWNER_NOT_FOUND'
  | 'UNSUPPORTED_CURRENCY';

export type StoreCreditAccountDebitUserErrorCode =
  | 'ACCOUNT_NOT_FOUND'
  | 'INSUFFICIENT_FUNDS'
  | 'MISMATCHING_CURRENCY'
  | 'NEGATIVE_OR_ZERO_AMOUNT';

export type StoreCreditRefundInput = {
  amount: MoneyInput;
  expiresAt?: string | null | undefined;
};

export type StoreCreditSystemEvent =
  | 'ADJUSTMENT'
  | 'ORDER_CANCELLATION'
  | 'ORDER_PAYMENT'
  | 'ORDER_REFUND'
  | 'PAYMENT_FAILURE'
  | 'PAYMENT_RETURNED'
  | 'TAX_FINALIZATION';

export type SuggestedOutcomeExchangeLineItemInput = {
  id: string;
  quantity: number;
};

export type SuggestedOutcomeReturnLineItemInput = {
  id: string;
  quantity: number;
};

export type WebhookSubscriptionFormat =
  | 'JSON'
  | 'XML';

export type WebhookSubscriptionInput = {
  /** @deprecated Use `uri` instead. */
  callbackUrl?: string | null | undefined;
  filter?: string | null | undefined;
  format?: WebhookSubscriptionFormat | null | undefined;
  includeFields?: Array<string> | null | undefined;
  metafieldNamespaces?: Array<string> | null | undefined;
  metafields?: Array<HasMetafieldsMetafieldIdentifierInput> | null | undefined;
  name?: string | null | undefined;
  uri?: string | null | undefined;
};

export type WebhookSubscriptionTopic =
  | 'APP_PURCHASES_ONE_TIME_UPDATE'
  | 'APP_SCOPES_UPDATE'
  | 'APP_SUBSCRIPTIONS_APPROACHING_CAPPED_AMOUNT'
  | 'APP_SUBSCRIPTIONS_UPDATE'
  | 'APP_UNINSTALLED'
  | 'AUDIT_EVENTS_ADMIN_API_ACTIVITY'
  | 'BULK_OPERATIONS_FINISH'
  | 'CARTS_CREATE'
  | 'CARTS_UPDATE'
  | 'CHANNELS_DELETE'
  | 'CHECKOUTS_CREATE'
  | 'CHECKOUTS_DELETE'
  | 'CHECKOUTS_UPDATE'
  | 'COLLECTIONS_CREATE'
  | 'COLLECTIONS_DELETE'
  | 'COLLECTIONS_UPDATE'
  | 'COLLECTION_LISTINGS_ADD'
  | 'COLLECTION_LISTINGS_REMOVE'
  | 'COLLECTION_LISTINGS_UPDATE'
  | 'COLLECTION_PUBLICATIONS_CREATE'
  | 'COLLECTION_PUBLICATIONS_DELETE'
  | 'COLLECTION_PUBLICATIONS_UPDATE'
  | 'COMPANIES_CREATE'
  | 'COMPANIES_DELETE'
  | 'COMPANIES_UPDATE'
  | 'COMPANY_CONTACTS_CREATE'
  | 'COMPANY_CONTACTS_DELETE'
  | 'COMPANY_CONTACTS_UPDATE'
  | 'COMPANY_CONTACT_ROLES_ASSIGN'
  | 'COMPANY_CONTACT_ROLES_REVOKE'
  | 'COMPANY_LOCATIONS_CREATE'
  | 'COMPANY_LOCATIONS_DELETE'
  | 'COMPANY_LOCATIONS_UPDATE'
  | 'CUSTOMERS_CREATE'
  | 'CUSTOMERS_DELETE'
  | 'CUSTOMERS_DISABLE'
  | 'CUSTOMERS_EMAIL_MARKETING_CONSENT_UPDATE'
  | 'CUSTOMERS_ENABLE'
  | 'CUSTOMERS_MARKETING_CONSENT_UPDATE'
  | 'CUSTOMERS_MERGE'
  | 'CUSTOMERS_PURCHASING_SUMMARY'
  | 'CUSTOMERS_UPDATE'
  | 'CUSTOMERS_WHATS_APP_MARKETING_CONSENT_UPDATE'
  | 'CUSTOMER_ACCOUNT_SETTINGS_UPDATE'
  | 'CUSTOMER_GROUPS_CREATE'
  | 'CUSTOMER_GROUPS_DELETE'
  | 'CUSTOMER_GROUPS_UPDATE'
  | 'CUSTOMER_JOINED_SEGMENT'
  | 'CUSTOMER_LEFT_SEGMENT'
  | 'CUSTOMER_PAYMENT_METHODS_CREATE'
  | 'CUSTOMER_PAYMENT_METHODS_REVOKE'
  | 'CUSTOMER_PAYMENT_METHODS_UPDATE'
  | 'CUSTOMER_TAGS_ADDED'
  | 'CUSTOMER_TAGS_REMOVED'
  | 'DELIVERY_PROMISE_SETTINGS_UPDATE'
  | 'DISCOUNTS_CREATE'
  | 'DISCOUNTS_DELETE'
  | 'DISCOUNTS_REDEEMCODE_ADDED'
  | 'DISCOUNTS_REDEEMCODE_REMOVED'
  | 'DISCOUNTS_UPDATE'
  | 'DISPUTES_CREATE'
  | 'DISPUTES_UPDATE'
  | 'DOMAINS_CREATE'
  | 'DOMAINS_DESTROY'
  | 'DOMAINS_UPDATE'
  | 'DRAFT_ORDERS_CREATE'
  | 'DRAFT_ORDERS_DELETE'
  | 'DRAFT_ORDERS_UPDATE'
  | 'FINANCE_APP_STAFF_MEMBER_DELETE'
  | 'FINANCE_APP_STAFF_MEMBER_GRANT'
  | 'FINANCE_APP_STAFF_MEMBER_REVOKE'
  | 'FINANCE_APP_STAFF_MEMBER_UPDATE'
  | 'FINANCE_KYC_INFORMATION_UPDATE'
  | 'FULFILLMENTS_CREATE'
  | 'FULFILLMENTS_UPDATE'
  | 'FULFILLMENT_EVENTS_CREATE'
  | 'FULFILLMENT_EVENTS_DELETE'
  | 'FULFILLMENT_HOLDS_ADDED'
  | 'FULFILLMENT_HOLDS_RELEASED'
  | 'FULFILLMENT_ORDERS_CANCELLATION_REQUEST_ACCEPTED'
  | 'FULFILLMENT_ORDERS_CANCELLATION_REQUEST_REJECTED'
  | 'FULFILLMENT_ORDERS_CANCELLATION_REQUEST_SUBMITTED'
  | 'FULFILLMENT_ORDERS_CANCELLED'
  | 'FULFILLMENT_ORDERS_FULFILLMENT_REQUEST_ACCEPTED'
  | 'FULFILLMENT_ORDERS_FULFILLMENT_REQUEST_REJECTED'
  | 'FULFILLMENT_ORDERS_FULFILLMENT_REQUEST_SUBMITTED'
  | 'FULFILLMENT_ORDERS_FULFILLMENT_SERVICE_FAILED_TO_COMPLETE'
  | 'FULFILLMENT_ORDERS_HOLD_RELEASED'
  | 'FULFILLMENT_ORDERS_LINE_ITEMS_PREPARED_FOR_LOCAL_DELIVERY'
  | 'FULFILLMENT_ORDERS_LINE_ITEMS_PREPARED_FOR_PICKUP'
  | 'FULFILLMENT_ORDERS_MANUALLY_REPORTED_PROGRESS_STOPPED'
  | 'FULFILLMENT_ORDERS_MERGED'
  | 'FULFILLMENT_ORDERS_MOVED'
  | 'FULFILLMENT_ORDERS_ORDER_ROUTING_COMPLETE'
  | 'FULFILLMENT_ORDERS_PLACED_ON_HOLD'
  | 'FULFILLMENT_ORDERS_PROGRESS_REPORTED'
  | 'FULFILLMENT_ORDERS_RESCHEDULED'
  | 'FULFILLMENT_ORDERS_SCHEDULED_FULFILLMENT_ORDER_READY'
  | 'FULFILLMENT_ORDERS_SPLIT'
  | 'INVENTORY_ITEMS_CREATE'
  | 'INVENTORY_ITEMS_DELETE'
  | 'INVENTORY_ITEMS_UPDATE'
  | 'INVENTORY_LEVELS_CONNECT'
  | 'INVENTORY_LEVELS_DISCONNECT'
  | 'INVENTORY_LEVELS_UPDATE'
  | 'INVENTORY_SHIPMENTS_ADD_ITEMS'
  | 'INVENTORY_SHIPMENTS_CREATE'
  | 'INVENTORY_SHIPMENTS_DELETE'
  | 'INVENTORY_SHIPMENTS_MARK_IN_TRANSIT'
  | 'INVENTORY_SHIPMENTS_RECEIVE_ITEMS'
  | 'INVENTORY_SHIPMENTS_REMOVE_ITEMS'
  | 'INVENTORY_SHIPMENTS_UPDATE_ITEM_QUANTITIES'
  | 'INVENTORY_SHIPMENTS_UPDATE_TRACKING'
  | 'INVENTORY_TRANSFERS_ADD_ITEMS'
  | 'INVENTORY_TRANSFERS_CANCEL'
  | 'INVENTORY_TRANSFERS_COMPLETE'
  | 'INVENTORY_TRANSFERS_READY_TO_SHIP'
  | 'INVENTORY_TRANSFERS_REMOVE_ITEMS'
  | 'INVENTORY_TRANSFERS_UPDATED'
  | 'INVENTORY_TRANSFERS_UPDATE_ITEM_QUANTITIES'
  | 'LOCALES_CREATE'
  | 'LOCALES_DESTROY'
  | 'LOCALES_UPDATE'
  | 'LOCATIONS_ACTIVATE'
  | 'LOCATIONS_CREATE'
  | 'LOCATIONS_DEACTIVATE'
  | 'LOCATIONS_DELETE'
  | 'LOCATIONS_UPDATE'
  | 'MARKETS_BACKUP_REGION_UPDATE'
  | 'MARKETS_CREATE'
  | 'MARKETS_DELETE'
  | 'MARKETS_UPDATE'
  | 'METAFIELD_DEFINITIONS_CREATE'
  | 'METAFIELD_DEFINITIONS_DELETE'
  | 'METAFIELD_DEFINITIONS_UPDATE'
  | 'METAOBJECTS_CREATE'
  | 'METAOBJECTS_DELETE'
  | 'METAOBJECTS_UPDATE'
  | 'ORDERS_CANCELLED'
  | 'ORDERS_CREATE'
  | 'ORDERS_DELETE'
  | 'ORDERS_EDITED'
  | 'ORDERS_FULFILLED'
  | 'ORDERS_LINK_REQUESTED'
  | 'ORDERS_PAID'
  | 'ORDERS_PARTIALLY_FULFILLED'
  | 'ORDERS_RISK_ASSESSMENT_CHANGED'
  | 'ORDERS_SHOPIFY_PROTECT_ELIGIBILITY_CHANGED'
  | 'ORDERS_UPDATED'
  | 'ORDER_TRANSACTIONS_CREATE'
  | 'PAYMENT_SCHEDULES_DUE'
  | 'PAYMENT_TERMS_CREATE'
  | 'PAYMENT_TERMS_DELETE'
  | 'PAYMENT_TERMS_UPDATE'
  | 'PRODUCTS_CREATE'
  | 'PRODUCTS_DELETE'
  | 'PRODUCTS_UPDATE'
  | 'PRODUCT_FEEDS_CREATE'
  | 'PRODUCT_FEEDS_FULL_SYNC'
  | 'PRODUCT_FEEDS_FULL_SYNC_FINISH'
  | 'PRODUCT_FEEDS_INCREMENTAL_SYNC'
  | 'PRODUCT_FEEDS_UPDATE'
  | 'PRODUCT_LISTINGS_ADD'
  | 'PRODUCT_LISTINGS_REMOVE'
  | 'PRODUCT_LISTINGS_UPDATE'
  | 'PRODUCT_PUBLICATIONS_CREATE'
  | 'PRODUCT_PUBLICATIONS_DELETE'
  | 'PRODUCT_PUBLICATIONS_UPDATE'
  | 'PROFILES_CREATE'
  | 'PROFILES_DELETE'
  | 'PROFILES_UPDATE'
  | 'REFUNDS_CREATE'
  | 'RETURNS_APPROVE'
  | 'RETURNS_CANCEL'
  | 'RETURNS_CLOSE'
  | 'RETURNS_DECLINE'
  | 'RETURNS_PROCESS'
  | 'RETURNS_REOPEN'
  | 'RETURNS_REQUEST'
  | 'RETURNS_UPDATE'
  | 'REVERSE_DELIVERIES_ATTACH_DELIVERABLE'
  | 'REVERSE_FULFILLMENT_ORDERS_DISPOSE'
  | 'SCHEDULED_PRODUCT_LISTINGS_ADD'
  | 'SCHEDULED_PRODUCT_LISTINGS_REMOVE'
  | 'SCHEDULED_PRODUCT_LISTINGS_UPDATE'
  | 'SEGMENTS_CREATE'
  | 'SEGMENTS_DELETE'
  | 'SEGMENTS_UPDATE'
  | 'SELLING_PLAN_GROUPS_CREATE'
  | 'SELLING_PLAN_GROUPS_DELETE'
  | 'SELLING_PLAN_GROUPS_UPDATE'
  | 'SHIPPING_ADDRESSES_CREATE'
  | 'SHIPPING_ADDRESSES_UPDATE'
  | 'SHOP_UPDATE'
  | 'SUBSCRIPTION_BILLING_ATTEMPTS_CHALLENGED'
  | 'SUBSCRIPTION_BILLING_ATTEMPTS_FAILURE'
  | 'SUBSCRIPTION_BILLING_ATTEMPTS_SUCCESS'
  | 'SUBSCRIPTION_BILLING_CYCLES_SKIP'
  | 'SUBSCRIPTION_BILLING_CYCLES_UNSKIP'
  | 'SUBSCRIPTION_BILLING_CYCLE_EDITS_CREATE'
  | 'SUBSCRIPTION_BILLING_CYCLE_EDITS_DELETE'
  | 'SUBSCRIPTION_BILLING_CYCLE_EDITS_UPDATE'
  | 'SUBSCRIPTION_CONTRACTS_ACTIVATE'
  | 'SUBSCRIPTION_CONTRACTS_CANCEL'
  | 'SUBSCRIPTION_CONTRACTS_CREATE'
  | 'SUBSCRIPTION_CONTRACTS_EXPIRE'
  | 'SUBSCRIPTION_CONTRACTS_FAIL'
  | 'SUBSCRIPTION_CONTRACTS_PAUSE'
  | 'SUBSCRIPTION_CONTRACTS_UPDATE'
  | 'TAX_SERVICES_CREATE'
  | 'TAX_SERVICES_UPDATE'
  | 'TENDER_TRANSACTIONS_CREATE'
  | 'THEMES_CREATE'
  | 'THEMES_DELETE'
  | 'THEMES_PUBLISH'
  | 'THEMES_UPDATE'
  | 'VARIANTS_IN_STOCK'
  | 'VARIANTS_OUT_OF_STOCK';

export type BulkOperationFieldsFragment = { id: string, status: BulkOperationStatus, errorCode: BulkOperationErrorCode | null, objectCount: string, url: string | null };

export type RunBulkQueryMutationVariables = Exact<{
  query: string;
}>;


export type RunBulkQueryMutation = { bulkOperationRunQuery: { bulkOperation: { id: string, status: BulkOperationStatus, errorCode: BulkOperationErrorCode | null, objectCount: string, url: string | null } | null, userErrors: Array<{ field: Array<string> | null, message: string, code: BulkOperationUserErrorCode | null }> } | null };

export type BulkOperationByIdQueryVariables = Exact<{
  id: string;
}>;


export type BulkOperationByIdQuery = { bulkOperation: { id: string, status: BulkOperationStatus, errorCode: BulkOperationErrorCode | null, objectCount: string, url: string | null } | null };

export type CancelBulkOperationMutationVariables = Exact<{
  id: string;
}>;


export type CancelBulkOperationMutation = { bulkOperationCancel: { bulkOperation: { id: string, status: BulkOperationStatus } | null, userErrors: Array<{ field: Array<string> | null, message: string }> } | null };

export type CaseOrderFieldsFragment = { id: string, name: string, createdAt: string, updatedAt: string, cancelledAt: string | null, tags: Array<string>, currencyCode: CurrencyCode, presentmentCurrencyCode: CurrencyCode, metafield: { value: string } | null };

export type CaseRefundFieldsFragment = { id: string, createdAt: string | null, processedAt: string, note: string | null, return: { id: string } | null, totalRefundedSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } } };

export type CaseTransactionFieldsFragment = { id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, manualPaymentGateway: boolean, processedAt: string | null, amountSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } } };

export type CaseReturnFieldsFragment = { id: string, name: string, status: ReturnStatus, createdAt: string, closedAt: string | null, totalQuantity: number };

export type CaseOrderInDetailQueryVariables = Exact<{
  id: string;
}>;


export type CaseOrderInDetailQuery = { order: { id: string, name: string, createdAt: string, updatedAt: string, cancelledAt: string | null, tags: Array<string>, currencyCode: CurrencyCode, presentmentCurrencyCode: CurrencyCode, lineItems: { nodes: Array<{ id: string, sku: string | null, name: string, quantity: number, unfulfilledQuantity: number, lineItemGroup: { id: string } | null, variant: { requiresComponents: boolean } | null }>, pageInfo: { hasNextPage: boolean } }, refunds: Array<{ id: string, createdAt: string | null, processedAt: string, note: string | null, transactions: { nodes: Array<{ id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, manualPaymentGateway: boolean, processedAt: string | null, amountSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, refundLineItems: { nodes: Array<{ quantity: number, restockType: RefundLineItemRestockType, restocked: boolean, lineItem: { id: string }, location: { id: string } | null, subtotalSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } }, totalTaxSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, return: { id: string } | null, totalRefundedSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } } }>, returns: { nodes: Array<{ id: string, name: string, status: ReturnStatus, createdAt: string, closedAt: string | null, totalQuantity: number, returnLineItems: { nodes: Array<
            | { id: string, quantity: number, processedQuantity: number, refundedQuantity: number, fulfillmentLineItem: { lineItem: { id: string } } }
            | { id: string, quantity: number, processedQuantity: number, refundedQuantity: number }
          >, pageInfo: { hasNextPage: boolean } }, exchangeLineItems: { nodes: Array<{ id: string }> }, reverseFulfillmentOrders: { nodes: Array<{ lineItems: { nodes: Array<{ fulfillmentLineItem: { lineItem: { id: string } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string } | null }> }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean } }, metafield: { value: string } | null } | null };

export type CaseOrdersQueryVariables = Exact<{
  search: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CaseOrdersQuery = { orders: { nodes: Array<{ id: string, name: string, createdAt: string, updatedAt: string, cancelledAt: string | null, tags: Array<string>, currencyCode: CurrencyCode, presentmentCurrencyCode: CurrencyCode, refunds: Array<{ id: string, createdAt: string | null, processedAt: string, note: string | null, return: { id: string } | null, totalRefundedSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } } }>, transactions: Array<{ id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, manualPaymentGateway: boolean, processedAt: string | null, amountSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } } }>, returns: { nodes: Array<{ id: string, name: string, status: ReturnStatus, createdAt: string, closedAt: string | null, totalQuantity: number }>, pageInfo: { hasNextPage: boolean } }, metafield: { value: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type OrderOfRefundQueryVariables = Exact<{
  id: string;
}>;


export type OrderOfRefundQuery = { refund: { id: string, order: { id: string } } | null };

export type MoneyPairFieldsFragment = { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } };

export type ReturnSummaryFieldsFragment = { id: string, name: string, status: ReturnStatus, totalQuantity: number, createdAt: string, requestApprovedAt: string | null, closedAt: string | null, order: { id: string, name: string } };

type ReturnLineFields_ReturnLineItem_Fragment = { __typename: 'ReturnLineItem', id: string, quantity: number, processableQuantity: number, processedQuantity: number, refundableQuantity: number, refundedQuantity: number, returnReasonNote: string, customerNote: string | null, fulfillmentLineItem: { id: string, lineItem: { id: string, name: string, sku: string | null } }, returnReasonDefinition: { id: string, handle: string, name: string } | null };

type ReturnLineFields_UnverifiedReturnLineItem_Fragment = { __typename: 'UnverifiedReturnLineItem', id: string, quantity: number, processableQuantity: number, processedQuantity: number, refundableQuantity: number, refundedQuantity: number, returnReasonNote: string, customerNote: string | null, returnReasonDefinition: { id: string, handle: string, name: string } | null };

export type ReturnLineFieldsFragment =
  | ReturnLineFields_ReturnLineItem_Fragment
  | ReturnLineFields_UnverifiedReturnLineItem_Fragment
;

export type ReverseLineFieldsFragment = { id: string, totalQuantity: number, fulfillmentLineItem: { id: string, lineItem: { id: string, name: string, sku: string | null } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string, name: string } | null }> };

export type ContextLineFieldsFragment = { id: string, name: string, sku: string | null, quantity: number, currentQuantity: number, refundableQuantity: number, unfulfilledQuantity: number, nonFulfillableQuantity: number, isGiftCard: boolean, discountedUnitPriceAfterAllDiscountsSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } }, variant: { id: string } | null, lineItemGroup: { id: string, title: string, quantity: number } | null };

export type RefundFieldsFragment = { id: string, createdAt: string | null, processedAt: string, note: string | null, return: { id: string, name: string } | null, totalRefundedSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } }, transactions: { nodes: Array<{ id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, processedAt: string | null, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, refundLineItems: { nodes: Array<{ quantity: number, restockType: RefundLineItemRestockType, restocked: boolean, lineItem: { id: string }, location: { id: string } | null, subtotalSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode } }, totalTaxSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } } };

export type OrderSummaryFieldsFragment = { id: string, name: string, createdAt: string, processedAt: string, updatedAt: string, cancelledAt: string | null, displayFinancialStatus: OrderDisplayFinancialStatus | null, displayFulfillmentStatus: OrderDisplayFulfillmentStatus, returnStatus: OrderReturnStatus, tags: Array<string>, note: string | null, totalPriceSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } }, totalRefundedSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } } };

export type FindOrdersQueryVariables = Exact<{
  search: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type FindOrdersQuery = { orders: { nodes: Array<{ id: string, name: string, processedAt: string, returnStatus: OrderReturnStatus, displayFinancialStatus: OrderDisplayFinancialStatus | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type OrderReturnContextQueryVariables = Exact<{
  id: string;
  ledgerNamespace: string;
  ledgerKey: string;
  lines?: number | null | undefined;
  refunds?: number | null | undefined;
  returns?: number | null | undefined;
}>;


export type OrderReturnContextQuery = { order: { id: string, name: string, createdAt: string, cancelledAt: string | null, currencyCode: CurrencyCode, presentmentCurrencyCode: CurrencyCode, taxesIncluded: boolean, displayFinancialStatus: OrderDisplayFinancialStatus | null, displayFulfillmentStatus: OrderDisplayFulfillmentStatus, returnStatus: OrderReturnStatus, tags: Array<string>, totalReceivedSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } }, totalRefundedSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } }, netPaymentSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } }, metafield: { value: string, updatedAt: string } | null, lineItems: { nodes: Array<{ id: string, name: string, sku: string | null, quantity: number, currentQuantity: number, refundableQuantity: number, unfulfilledQuantity: number, nonFulfillableQuantity: number, isGiftCard: boolean, discountedUnitPriceAfterAllDiscountsSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } }, variant: { id: string } | null, lineItemGroup: { id: string, title: string, quantity: number } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, refunds: Array<{ id: string, createdAt: string | null, processedAt: string, note: string | null, return: { id: string, name: string } | null, totalRefundedSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } }, transactions: { nodes: Array<{ id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, processedAt: string | null, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, refundLineItems: { nodes: Array<{ quantity: number, restockType: RefundLineItemRestockType, restocked: boolean, lineItem: { id: string }, location: { id: string } | null, subtotalSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode } }, totalTaxSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } } }>, returns: { nodes: Array<{ id: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type OrderLinesQueryVariables = Exact<{
  id: string;
  lines?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type OrderLinesQuery = { order: { lineItems: { nodes: Array<{ id: string, name: string, sku: string | null, quantity: number, currentQuantity: number, refundableQuantity: number, unfulfilledQuantity: number, nonFulfillableQuantity: number, isGiftCard: boolean, discountedUnitPriceAfterAllDiscountsSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } }, variant: { id: string } | null, lineItemGroup: { id: string, title: string, quantity: number } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type OrderRefundIdsQueryVariables = Exact<{
  id: string;
}>;


export type OrderRefundIdsQuery = { order: { id: string, refunds: Array<{ id: string }> } | null };

export type RefundByIdQueryVariables = Exact<{
  id: string;
}>;


export type RefundByIdQuery = { refund: { id: string, createdAt: string | null, processedAt: string, note: string | null, return: { id: string, name: string } | null, totalRefundedSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } }, transactions: { nodes: Array<{ id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, processedAt: string | null, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, refundLineItems: { nodes: Array<{ quantity: number, restockType: RefundLineItemRestockType, restocked: boolean, lineItem: { id: string }, location: { id: string } | null, subtotalSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode } }, totalTaxSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } } } | null };

export type SearchOrdersQueryVariables = Exact<{
  search: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SearchOrdersQuery = { orders: { nodes: Array<{ id: string, name: string, createdAt: string, processedAt: string, updatedAt: string, cancelledAt: string | null, displayFinancialStatus: OrderDisplayFinancialStatus | null, displayFulfillmentStatus: OrderDisplayFulfillmentStatus, returnStatus: OrderReturnStatus, tags: Array<string>, note: string | null, totalPriceSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } }, totalRefundedSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type OrderByIdQueryVariables = Exact<{
  id: string;
}>;


export type OrderByIdQuery = { order: { id: string, name: string, createdAt: string, processedAt: string, updatedAt: string, cancelledAt: string | null, displayFinancialStatus: OrderDisplayFinancialStatus | null, displayFulfillmentStatus: OrderDisplayFulfillmentStatus, returnStatus: OrderReturnStatus, tags: Array<string>, note: string | null, totalPriceSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } }, totalRefundedSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } } } | null };

export type SetOrderNoteMutationVariables = Exact<{
  id: string;
  note: string;
}>;


export type SetOrderNoteMutation = { orderUpdate: { order: { id: string, name: string, createdAt: string, processedAt: string, updatedAt: string, cancelledAt: string | null, displayFinancialStatus: OrderDisplayFinancialStatus | null, displayFulfillmentStatus: OrderDisplayFulfillmentStatus, returnStatus: OrderReturnStatus, tags: Array<string>, note: string | null, totalPriceSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } }, totalRefundedSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } } } | null, userErrors: Array<{ field: Array<string> | null, message: string }> } | null };

export type OrderCustomerQueryVariables = Exact<{
  id: string;
}>;


export type OrderCustomerQuery = { order: { id: string, customer: { id: string, tags: Array<string> } | null } | null };

export type AddOrderTagsMutationVariables = Exact<{
  id: string;
  tags: Array<string> | string;
}>;


export type AddOrderTagsMutation = { tagsAdd: { userErrors: Array<{ field: Array<string> | null, message: string }> } | null };

export type AddCustomerTagsMutationVariables = Exact<{
  id: string;
  tags: Array<string> | string;
}>;


export type AddCustomerTagsMutation = { tagsAdd: { userErrors: Array<{ field: Array<string> | null, message: string }> } | null };

export type RemoveOrderTagsMutationVariables = Exact<{
  id: string;
  tags: Array<string> | string;
}>;


export type RemoveOrderTagsMutation = { tagsRemove: { userErrors: Array<{ field: Array<string> | null, message: string }> } | null };

export type RemoveCustomerTagsMutationVariables = Exact<{
  id: string;
  tags: Array<string> | string;
}>;


export type RemoveCustomerTagsMutation = { tagsRemove: { userErrors: Array<{ field: Array<string> | null, message: string }> } | null };

export type OrdersByTagQueryVariables = Exact<{
  search: string;
  after?: string | null | undefined;
}>;


export type OrdersByTagQuery = { orders: { nodes: Array<{ id: string, name: string, tags: Array<string> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type EligibilityOrderQueryVariables = Exact<{
  id: string;
  withCountry: boolean;
}>;


export type EligibilityOrderQuery = { order: { id: string, name: string, createdAt: string, processedAt: string, cancelledAt: string | null, tags: Array<string>, shippingAddress?: { countryCodeV2: CountryCode | null } | null, fulfillments: Array<{ id: string, createdAt: string, deliveredAt: string | null, fulfillmentLineItems: { nodes: Array<{ id: string }>, pageInfo: { hasNextPage: boolean } } }> } | null };

export type EligibilityLinesQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type EligibilityLinesQuery = { order: { lineItems: { nodes: Array<{ id: string, name: string, sku: string | null, quantity: number, refundableQuantity: number, unfulfilledQuantity: number, isGiftCard: boolean, product: { id: string, productType: string, tags: Array<string> } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type ShopTimeQueryVariables = Exact<{ [key: string]: never; }>;


export type ShopTimeQuery = { shop: { id: string, ianaTimezone: string, currencyCode: CurrencyCode } };

export type RefundsInPayoutsQueryVariables = Exact<{
  search: string;
  after?: string | null | undefined;
}>;


export type RefundsInPayoutsQuery = { shopifyPaymentsAccount: { id: string, balanceTransactions: { nodes: Array<{ id: string, type: ShopifyPaymentsTransactionType, sourceType: ShopifyPaymentsSourceType | null, transactionDate: string, sourceOrderTransactionId: string | null, amount: { amount: string, currencyCode: CurrencyCode }, associatedPayout: { id: string | null, status: ShopifyPaymentsBalanceTransactionPayoutStatus | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type ReturnByIdQueryVariables = Exact<{
  id: string;
  lines?: number | null | undefined;
  afterLine?: string | null | undefined;
}>;


export type ReturnByIdQuery = { return: { id: string, name: string, status: ReturnStatus, totalQuantity: number, createdAt: string, requestApprovedAt: string | null, closedAt: string | null, decline: { reason: ReturnDeclineReason, note: string | null } | null, returnLineItems: { nodes: Array<
        | { __typename: 'ReturnLineItem', id: string, quantity: number, processableQuantity: number, processedQuantity: number, refundableQuantity: number, refundedQuantity: number, returnReasonNote: string, customerNote: string | null, fulfillmentLineItem: { id: string, lineItem: { id: string, name: string, sku: string | null } }, returnReasonDefinition: { id: string, handle: string, name: string } | null }
        | { __typename: 'UnverifiedReturnLineItem', id: string, quantity: number, processableQuantity: number, processedQuantity: number, refundableQuantity: number, refundedQuantity: number, returnReasonNote: string, customerNote: string | null, returnReasonDefinition: { id: string, handle: string, name: string } | null }
      >, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, exchangeLineItems: { nodes: Array<{ id: string }> }, refunds: { nodes: Array<{ id: string, createdAt: string | null, totalRefundedSet: { shopMoney: { amount: string, currencyCode: CurrencyCode }, presentmentMoney: { amount: string, currencyCode: CurrencyCode } } }> }, reverseFulfillmentOrders: { nodes: Array<{ id: string, status: ReverseFulfillmentOrderStatus, lineItems: { nodes: Array<{ id: string, totalQuantity: number, fulfillmentLineItem: { id: string, lineItem: { id: string, name: string, sku: string | null } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string, name: string } | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, order: { id: string, name: string } } | null };

export type ReturnReverseOrdersQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type ReturnReverseOrdersQuery = { return: { reverseFulfillmentOrders: { nodes: Array<{ id: string, status: ReverseFulfillmentOrderStatus, lineItems: { nodes: Array<{ id: string, totalQuantity: number, fulfillmentLineItem: { id: string, lineItem: { id: string, name: string, sku: string | null } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string, name: string } | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type ReverseOrderLinesQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type ReverseOrderLinesQuery = { reverseFulfillmentOrder: { lineItems: { nodes: Array<{ id: string, totalQuantity: number, fulfillmentLineItem: { id: string, lineItem: { id: string, name: string, sku: string | null } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string, name: string } | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type ReturnsOfOrderQueryVariables = Exact<{
  orderId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type ReturnsOfOrderQuery = { order: { id: string, name: string, returns: { nodes: Array<{ id: string, name: string, status: ReturnStatus, totalQuantity: number, createdAt: string, requestApprovedAt: string | null, closedAt: string | null, order: { id: string, name: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type ReturnsOfOrdersQueryVariables = Exact<{
  search: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ReturnsOfOrdersQuery = { orders: { nodes: Array<{ id: string, name: string, returnStatus: OrderReturnStatus, returns: { nodes: Array<{ id: string, name: string, status: ReturnStatus, totalQuantity: number, createdAt: string, requestApprovedAt: string | null, closedAt: string | null, order: { id: string, name: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type FindRefundsQueryVariables = Exact<{
  search: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type FindRefundsQuery = { orders: { nodes: Array<{ name: string, refunds: Array<{ id: string, createdAt: string | null, totalRefundedSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode } } }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ReturnableLinesQueryVariables = Exact<{
  orderId: string;
  after?: string | null | undefined;
}>;


export type ReturnableLinesQuery = { returnableFulfillments: { nodes: Array<{ id: string, returnableFulfillmentLineItems: { nodes: Array<{ quantity: number, fulfillmentLineItem: { id: string, lineItem: { id: string, name: string, sku: string | null } } }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ReturnReasonsQueryVariables = Exact<{
  search?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ReturnReasonsQuery = { returnReasonDefinitions: { nodes: Array<{ id: string, handle: string, name: string, deleted: boolean }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CreateReturnMutationVariables = Exact<{
  input: ReturnInput;
}>;


export type CreateReturnMutation = { returnCreate: { return: { id: string, name: string, status: ReturnStatus, totalQuantity: number, createdAt: string, requestApprovedAt: string | null, closedAt: string | null, order: { id: string, name: string } } | null, userErrors: Array<{ field: Array<string> | null, message: string, code: ReturnErrorCode | null }> } | null };

export type CloseReturnMutationVariables = Exact<{
  id: string;
}>;


export type CloseReturnMutation = { returnClose: { return: { id: string, name: string, status: ReturnStatus, totalQuantity: number, createdAt: string, requestApprovedAt: string | null, closedAt: string | null, order: { id: string, name: string } } | null, userErrors: Array<{ field: Array<string> | null, message: string, code: ReturnErrorCode | null }> } | null };

export type RequestReturnMutationVariables = Exact<{
  input: ReturnRequestInput;
}>;


export type RequestReturnMutation = { returnRequest: { return: { id: string, name: string, status: ReturnStatus, totalQuantity: number, createdAt: string, requestApprovedAt: string | null, closedAt: string | null, order: { id: string, name: string } } | null, userErrors: Array<{ field: Array<string> | null, message: string, code: ReturnErrorCode | null }> } | null };

export type ApproveReturnMutationVariables = Exact<{
  input: ReturnApproveRequestInput;
}>;


export type ApproveReturnMutation = { returnApproveRequest: { return: { id: string, name: string, status: ReturnStatus, totalQuantity: number, createdAt: string, requestApprovedAt: string | null, closedAt: string | null, order: { id: string, name: string } } | null, userErrors: Array<{ field: Array<string> | null, message: string, code: ReturnErrorCode | null }> } | null };

export type DeclineReturnMutationVariables = Exact<{
  input: ReturnDeclineRequestInput;
}>;


export type DeclineReturnMutation = { returnDeclineRequest: { return: { id: string, name: string, status: ReturnStatus, totalQuantity: number, createdAt: string, requestApprovedAt: string | null, closedAt: string | null, order: { id: string, name: string } } | null, userErrors: Array<{ field: Array<string> | null, message: string, code: ReturnErrorCode | null }> } | null };

export type ReopenReturnMutationVariables = Exact<{
  id: string;
}>;


export type ReopenReturnMutation = { returnReopen: { return: { id: string, name: string, status: ReturnStatus, totalQuantity: number, createdAt: string, requestApprovedAt: string | null, closedAt: string | null, order: { id: string, name: string } } | null, userErrors: Array<{ field: Array<string> | null, message: string, code: ReturnErrorCode | null }> } | null };

export type CancelReturnMutationVariables = Exact<{
  id: string;
}>;


export type CancelReturnMutation = { returnCancel: { return: { id: string, name: string, status: ReturnStatus, totalQuantity: number, createdAt: string, requestApprovedAt: string | null, closedAt: string | null, order: { id: string, name: string } } | null, userErrors: Array<{ field: Array<string> | null, message: string, code: ReturnErrorCode | null }> } | null };

export type RemoveFromReturnMutationVariables = Exact<{
  returnId: string;
  lines: Array<ReturnLineItemRemoveFromReturnInput> | ReturnLineItemRemoveFromReturnInput;
}>;


export type RemoveFromReturnMutation = { removeFromReturn: { return: { id: string, name: string, status: ReturnStatus, totalQuantity: number, createdAt: string, requestApprovedAt: string | null, closedAt: string | null, order: { id: string, name: string } } | null, userErrors: Array<{ field: Array<string> | null, message: string, code: ReturnErrorCode | null }> } | null };

export type ReturnDeliveriesQueryVariables = Exact<{
  id: string;
}>;


export type ReturnDeliveriesQuery = { return: { id: string, name: string, status: ReturnStatus, totalQuantity: number, createdAt: string, requestApprovedAt: string | null, closedAt: string | null, reverseFulfillmentOrders: { nodes: Array<{ id: string, status: ReverseFulfillmentOrderStatus, reverseDeliveries: { nodes: Array<{ id: string, deliverable: { tracking: { number: string | null, url: string | null, carrierName: string | null } | null, label: { publicFileUrl: string | null } | null } | null }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean } }, order: { id: string, name: string } } | null };

export type CreateReverseDeliveryMutationVariables = Exact<{
  reverseFulfillmentOrderId: string;
  lines: Array<ReverseDeliveryLineItemInput> | ReverseDeliveryLineItemInput;
  tracking?: ReverseDeliveryTrackingInput | null | undefined;
  label?: ReverseDeliveryLabelInput | null | undefined;
  notifyCustomer: boolean;
}>;


export type CreateReverseDeliveryMutation = { reverseDeliveryCreateWithShipping: { reverseDelivery: { id: string } | null, userErrors: Array<{ field: Array<string> | null, message: string, code: ReturnErrorCode | null }> } | null };

export type UpdateReverseDeliveryMutationVariables = Exact<{
  reverseDeliveryId: string;
  tracking?: ReverseDeliveryTrackingInput | null | undefined;
  label?: ReverseDeliveryLabelInput | null | undefined;
  notifyCustomer: boolean;
}>;


export type UpdateReverseDeliveryMutation = { reverseDeliveryShippingUpdate: { reverseDelivery: { id: string } | null, userErrors: Array<{ field: Array<string> | null, message: string, code: ReturnErrorCode | null }> } | null };

export type GrantedScopesQueryVariables = Exact<{ [key: string]: never; }>;


export type GrantedScopesQuery = { currentAppInstallation: { accessScopes: Array<{ handle: string }> } };

export type FindLocationsQueryVariables = Exact<{
  search?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  includeInactive?: boolean | null | undefined;
}>;


export type FindLocationsQuery = { locations: { nodes: Array<{ id: string, name: string, isActive: boolean }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type StatusFieldPartsFragment = { id: string, name: string, pinnedPosition: number | null, type: { name: string } };

export type StatusFieldDefinitionQueryVariables = Exact<{
  namespace: string;
  key: string;
}>;


export type StatusFieldDefinitionQuery = { metafieldDefinitions: { nodes: Array<{ id: string, name: string, pinnedPosition: number | null, type: { name: string } }> } };

export type CreateStatusFieldMutationVariables = Exact<{
  definition: MetafieldDefinitionInput;
}>;


export type CreateStatusFieldMutation = { metafieldDefinitionCreate: { createdDefinition: { id: string, name: string, pinnedPosition: number | null, type: { name: string } } | null, userErrors: Array<{ code: MetafieldDefinitionCreateUserErrorCode | null, message: string }> } | null };

export type WebhookSubscriptionFieldsFragment = { id: string, topic: WebhookSubscriptionTopic, uri: string, filter: string | null, format: WebhookSubscriptionFormat, includeFields: Array<string> };

export type WebhookSubscriptionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WebhookSubscriptionsQuery = { webhookSubscriptions: { nodes: Array<{ id: string, topic: WebhookSubscriptionTopic, uri: string, filter: string | null, format: WebhookSubscriptionFormat, includeFields: Array<string> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CreateWebhookSubscriptionMutationVariables = Exact<{
  topic: WebhookSubscriptionTopic;
  subscription: WebhookSubscriptionInput;
}>;


export type CreateWebhookSubscriptionMutation = { webhookSubscriptionCreate: { webhookSubscription: { id: string } | null, userErrors: Array<{ field: Array<string> | null, message: string }> } | null };

export type UpdateWebhookSubscriptionMutationVariables = Exact<{
  id: string;
  subscription: WebhookSubscriptionInput;
}>;


export type UpdateWebhookSubscriptionMutation = { webhookSubscriptionUpdate: { webhookSubscription: { id: string, topic: WebhookSubscriptionTopic, uri: string, filter: string | null, format: WebhookSubscriptionFormat, includeFields: Array<string> } | null, userErrors: Array<{ field: Array<string> | null, message: string }> } | null };

export type DeleteWebhookSubscriptionMutationVariables = Exact<{
  id: string;
}>;


export type DeleteWebhookSubscriptionMutation = { webhookSubscriptionDelete: { deletedWebhookSubscriptionId: string | null, userErrors: Array<{ field: Array<string> | null, message: string }> } | null };

export type RecordedActsQueryVariables = Exact<{
  orderId: string;
  namespace: string;
  key: string;
}>;


export type RecordedActsQuery = { order: { id: string, name: string, metafield: { value: string, compareDigest: string } | null } | null, currentAppInstallation: { id: string } };

export type WriteRecordedActsMutationVariables = Exact<{
  metafields: Array<MetafieldsSetInput> | MetafieldsSetInput;
}>;


export type WriteRecordedActsMutation = { metafieldsSet: { metafields: Array<{ compareDigest: string }> | null, userErrors: Array<{ code: MetafieldsSetUserErrorCode | null, field: Array<string> | null, message: string }> } | null };

export type FindVariantsQueryVariables = Exact<{
  search: string;
  after?: string | null | undefined;
  first?: number | null | undefined;
}>;


export type FindVariantsQuery = { productVariants: { nodes: Array<{ id: string, sku: string | null, displayName: string, inventoryItem: { id: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ItemOfVariantQueryVariables = Exact<{
  id: string;
}>;


export type ItemOfVariantQuery = { productVariant: { inventoryItem: { id: string } } | null };

export type ItemStockQueryVariables = Exact<{
  id: string;
  locationId: string;
  names: Array<string> | string;
}>;


export type ItemStockQuery = { inventoryItem: { id: string, sku: string | null, tracked: boolean, inventoryLevel: { quantities: Array<{ name: string, quantity: number }> } | null } | null };

export type MoveStockMutationVariables = Exact<{
  input: InventoryMoveQuantitiesInput;
  key: string;
}>;


export type MoveStockMutation = { inventoryMoveQuantities: { inventoryAdjustmentGroup: { id: string } | null, userErrors: Array<{ code: InventoryMoveQuantitiesUserErrorCode | null, field: Array<string> | null, message: string }> } | null };

export type ProcessReturnMutationVariables = Exact<{
  input: ReturnProcessInput;
}>;


export type ProcessReturnMutation = { returnProcess: { return: { id: string, order: { id: string, refunds: Array<{ id: string, createdAt: string | null, note: string | null, return: { id: string } | null, totalRefundedSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, refundLineItems: { nodes: Array<{ quantity: number, restockType: RefundLineItemRestockType, lineItem: { id: string }, subtotalSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, totalTaxSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, transactions: { nodes: Array<{ id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, createdAt: string, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, parentTransaction: { id: string } | null }>, pageInfo: { hasNextPage: boolean } } }>, returns: { nodes: Array<{ id: string, name: string, status: ReturnStatus, createdAt: string, returnShippingFees: Array<{ amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, exchangeLineItems: { nodes: Array<{ id: string, processableQuantity: number }>, pageInfo: { hasNextPage: boolean } }, returnLineItems: { nodes: Array<
                | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number, restockingFee: { percentage: number } | null, fulfillmentLineItem: { lineItem: { id: string } } }
                | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number }
              >, pageInfo: { hasNextPage: boolean } }, reverseFulfillmentOrders: { nodes: Array<{ id: string, lineItems: { nodes: Array<{ id: string, totalQuantity: number, fulfillmentLineItem: { lineItem: { id: string } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string } | null }> }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } } | null, userErrors: Array<{ code: ReturnErrorCode | null, field: Array<string> | null, message: string }> } | null };

export type RefundOrderMutationVariables = Exact<{
  input: RefundInput;
  key: string;
}>;


export type RefundOrderMutation = { refundCreate: { refund: { id: string } | null, order: { id: string, refunds: Array<{ id: string, createdAt: string | null, note: string | null, return: { id: string } | null, totalRefundedSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, refundLineItems: { nodes: Array<{ quantity: number, restockType: RefundLineItemRestockType, lineItem: { id: string }, subtotalSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, totalTaxSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, transactions: { nodes: Array<{ id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, createdAt: string, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, parentTransaction: { id: string } | null }>, pageInfo: { hasNextPage: boolean } } }>, returns: { nodes: Array<{ id: string, name: string, status: ReturnStatus, createdAt: string, returnShippingFees: Array<{ amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, exchangeLineItems: { nodes: Array<{ id: string, processableQuantity: number }>, pageInfo: { hasNextPage: boolean } }, returnLineItems: { nodes: Array<
              | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number, restockingFee: { percentage: number } | null, fulfillmentLineItem: { lineItem: { id: string } } }
              | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number }
            >, pageInfo: { hasNextPage: boolean } }, reverseFulfillmentOrders: { nodes: Array<{ id: string, lineItems: { nodes: Array<{ id: string, totalQuantity: number, fulfillmentLineItem: { lineItem: { id: string } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string } | null }> }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null, userErrors: Array<{ field: Array<string> | null, message: string }> } | null };

export type DisposeUnitsMutationVariables = Exact<{
  dispositionInputs: Array<ReverseFulfillmentOrderDisposeInput> | ReverseFulfillmentOrderDisposeInput;
}>;


export type DisposeUnitsMutation = { reverseFulfillmentOrderDispose: { reverseFulfillmentOrderLineItems: Array<{ id: string, totalQuantity: number, fulfillmentLineItem: { lineItem: { id: string } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string } | null }> }> | null, userErrors: Array<{ code: ReturnErrorCode | null, field: Array<string> | null, message: string }> } | null };

export type SettlementChargesQueryVariables = Exact<{
  orderId: string;
}>;


export type SettlementChargesQuery = { order: { dutiesIncluded: boolean, subtotalPriceSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } | null, totalTipReceivedSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, shippingLines: { nodes: Array<{ discountedPriceSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, taxLines: Array<{ priceSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }> }>, pageInfo: { hasNextPage: boolean } }, lineItems: { nodes: Array<{ id: string, quantity: number, requiresShipping: boolean, isGiftCard: boolean, variant: { id: string } | null, originalUnitPriceSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, refunds: Array<{ id: string, refundShippingLines: { nodes: Array<{ subtotalAmountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, taxAmountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, duties: Array<{ amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, originalDuty: { id: string } | null }> | null }> } | null };

export type SettlementMoreChargesQueryVariables = Exact<{
  refundIds: Array<string> | string;
}>;


export type SettlementMoreChargesQuery = { nodes: Array<
    | { id: string, refundShippingLines: { nodes: Array<{ subtotalAmountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, taxAmountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, duties: Array<{ amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, originalDuty: { id: string } | null }> | null }
    | Record<PropertyKey, never>
   | null> };

export type SettlementRefundChargesFragment = { id: string, refundShippingLines: { nodes: Array<{ subtotalAmountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, taxAmountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, duties: Array<{ amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, originalDuty: { id: string } | null }> | null };

export type ClaimForReturnMutationVariables = Exact<{
  metafields: Array<MetafieldsSetInput> | MetafieldsSetInput;
  returnQuery: string;
  returnLineItems: Array<SuggestedOutcomeReturnLineItemInput> | SuggestedOutcomeReturnLineItemInput;
  exchangeLineItems: Array<SuggestedOutcomeExchangeLineItemInput> | SuggestedOutcomeExchangeLineItemInput;
  refundShipping?: RefundShippingInput | null | undefined;
  refundDuties?: Array<RefundDutyInput> | RefundDutyInput | null | undefined;
  tipLineId?: string | null | undefined;
}>;


export type ClaimForReturnMutation = { metafieldsSet: { metafields: Array<{ compareDigest: string, owner:
        | { id: string, asked: { nodes: Array<{ id: string, suggestedFinancialOutcome: { financialTransfer:
                  | { __typename: 'InvoiceReturnOutcome', amount: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }
                  | { __typename: 'RefundReturnOutcome', amount: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, suggestedTransactions: Array<{ gateway: string | null, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, maximumRefundableSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } | null, parentTransaction: { id: string } | null }> }
                 | null } | null }> }, refunds: Array<{ id: string, createdAt: string | null, note: string | null, return: { id: string } | null, totalRefundedSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, refundLineItems: { nodes: Array<{ quantity: number, restockType: RefundLineItemRestockType, lineItem: { id: string }, subtotalSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, totalTaxSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, transactions: { nodes: Array<{ id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, createdAt: string, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, parentTransaction: { id: string } | null }>, pageInfo: { hasNextPage: boolean } } }>, returns: { nodes: Array<{ id: string, name: string, status: ReturnStatus, createdAt: string, returnShippingFees: Array<{ amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, exchangeLineItems: { nodes: Array<{ id: string, processableQuantity: number }>, pageInfo: { hasNextPage: boolean } }, returnLineItems: { nodes: Array<
                  | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number, restockingFee: { percentage: number } | null, fulfillmentLineItem: { lineItem: { id: string } } }
                  | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number }
                >, pageInfo: { hasNextPage: boolean } }, reverseFulfillmentOrders: { nodes: Array<{ id: string, lineItems: { nodes: Array<{ id: string, totalQuantity: number, fulfillmentLineItem: { lineItem: { id: string } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string } | null }> }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }
        | Record<PropertyKey, never>
       }> | null, userErrors: Array<{ code: MetafieldsSetUserErrorCode | null, field: Array<string> | null, message: string }> } | null };

export type ClaimForOrderMutationVariables = Exact<{
  metafields: Array<MetafieldsSetInput> | MetafieldsSetInput;
  refundLineItems: Array<RefundLineItemInput> | RefundLineItemInput;
  shippingAmount?: string | null | undefined;
  refundDuties?: Array<RefundDutyInput> | RefundDutyInput | null | undefined;
}>;


export type ClaimForOrderMutation = { metafieldsSet: { metafields: Array<{ compareDigest: string, owner:
        | { id: string, suggestedRefund: { amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, suggestedTransactions: Array<{ gateway: string | null, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, maximumRefundableSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } | null, parentTransaction: { id: string } | null }> } | null, refunds: Array<{ id: string, createdAt: string | null, note: string | null, return: { id: string } | null, totalRefundedSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, refundLineItems: { nodes: Array<{ quantity: number, restockType: RefundLineItemRestockType, lineItem: { id: string }, subtotalSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, totalTaxSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, transactions: { nodes: Array<{ id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, createdAt: string, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, parentTransaction: { id: string } | null }>, pageInfo: { hasNextPage: boolean } } }>, returns: { nodes: Array<{ id: string, name: string, status: ReturnStatus, createdAt: string, returnShippingFees: Array<{ amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, exchangeLineItems: { nodes: Array<{ id: string, processableQuantity: number }>, pageInfo: { hasNextPage: boolean } }, returnLineItems: { nodes: Array<
                  | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number, restockingFee: { percentage: number } | null, fulfillmentLineItem: { lineItem: { id: string } } }
                  | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number }
                >, pageInfo: { hasNextPage: boolean } }, reverseFulfillmentOrders: { nodes: Array<{ id: string, lineItems: { nodes: Array<{ id: string, totalQuantity: number, fulfillmentLineItem: { lineItem: { id: string } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string } | null }> }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }
        | Record<PropertyKey, never>
       }> | null, userErrors: Array<{ code: MetafieldsSetUserErrorCode | null, field: Array<string> | null, message: string }> } | null };

export type ClaimForStockMutationVariables = Exact<{
  metafields: Array<MetafieldsSetInput> | MetafieldsSetInput;
}>;


export type ClaimForStockMutation = { metafieldsSet: { metafields: Array<{ compareDigest: string, owner:
        | { id: string, refunds: Array<{ id: string, createdAt: string | null, note: string | null, return: { id: string } | null, totalRefundedSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, refundLineItems: { nodes: Array<{ quantity: number, restockType: RefundLineItemRestockType, lineItem: { id: string }, subtotalSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, totalTaxSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, transactions: { nodes: Array<{ id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, createdAt: string, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, parentTransaction: { id: string } | null }>, pageInfo: { hasNextPage: boolean } } }>, returns: { nodes: Array<{ id: string, name: string, status: ReturnStatus, createdAt: string, returnShippingFees: Array<{ amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, exchangeLineItems: { nodes: Array<{ id: string, processableQuantity: number }>, pageInfo: { hasNextPage: boolean } }, returnLineItems: { nodes: Array<
                  | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number, restockingFee: { percentage: number } | null, fulfillmentLineItem: { lineItem: { id: string } } }
                  | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number }
                >, pageInfo: { hasNextPage: boolean } }, reverseFulfillmentOrders: { nodes: Array<{ id: string, lineItems: { nodes: Array<{ id: string, totalQuantity: number, fulfillmentLineItem: { lineItem: { id: string } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string } | null }> }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }
        | Record<PropertyKey, never>
       }> | null, userErrors: Array<{ code: MetafieldsSetUserErrorCode | null, field: Array<string> | null, message: string }> } | null };

export type ClaimExchangeMutationVariables = Exact<{
  metafields: Array<MetafieldsSetInput> | MetafieldsSetInput;
}>;


export type ClaimExchangeMutation = { metafieldsSet: { metafields: Array<{ compareDigest: string }> | null, userErrors: Array<{ code: MetafieldsSetUserErrorCode | null, field: Array<string> | null, message: string }> } | null };

export type ClaimedOrderFragment = { metafields: Array<{ compareDigest: string, owner:
      | { id: string, refunds: Array<{ id: string, createdAt: string | null, note: string | null, return: { id: string } | null, totalRefundedSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, refundLineItems: { nodes: Array<{ quantity: number, restockType: RefundLineItemRestockType, lineItem: { id: string }, subtotalSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, totalTaxSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, transactions: { nodes: Array<{ id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, createdAt: string, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, parentTransaction: { id: string } | null }>, pageInfo: { hasNextPage: boolean } } }>, returns: { nodes: Array<{ id: string, name: string, status: ReturnStatus, createdAt: string, returnShippingFees: Array<{ amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, exchangeLineItems: { nodes: Array<{ id: string, processableQuantity: number }>, pageInfo: { hasNextPage: boolean } }, returnLineItems: { nodes: Array<
                | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number, restockingFee: { percentage: number } | null, fulfillmentLineItem: { lineItem: { id: string } } }
                | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number }
              >, pageInfo: { hasNextPage: boolean } }, reverseFulfillmentOrders: { nodes: Array<{ id: string, lineItems: { nodes: Array<{ id: string, totalQuantity: number, fulfillmentLineItem: { lineItem: { id: string } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string } | null }> }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }
      | Record<PropertyKey, never>
     }> | null, userErrors: Array<{ code: MetafieldsSetUserErrorCode | null, field: Array<string> | null, message: string }> };

export type SettlementTenderFragment = { gateway: string | null, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, maximumRefundableSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } | null, parentTransaction: { id: string } | null };

export type CreditOwnerQueryVariables = Exact<{
  orderId: string;
}>;


export type CreditOwnerQuery = { order: { customer: { id: string } | null } | null, storeCreditConfiguration: { storeCreditEnabled: boolean } };

export type CreditAccountsQueryVariables = Exact<{
  orderId: string;
}>;


export type CreditAccountsQuery = { order: { customer: { id: string, storeCreditAccounts: { nodes: Array<{ id: string, balance: { currencyCode: CurrencyCode }, transactions: { nodes: Array<
              | { __typename: 'StoreCreditAccountCreditTransaction', id: string, event: StoreCreditSystemEvent, createdAt: string, expiresAt: string | null, amount: { amount: string, currencyCode: CurrencyCode } }
              | { __typename: 'StoreCreditAccountDebitRevertTransaction' }
              | { __typename: 'StoreCreditAccountDebitTransaction' }
              | { __typename: 'StoreCreditAccountExpirationTransaction' }
            > } }>, pageInfo: { hasNextPage: boolean } } } | null } | null, storeCreditConfiguration: { storeCreditEnabled: boolean } };

export type CreditGiftCardsQueryVariables = Exact<{
  orderId: string;
  ofCustomer: string;
  hasClaim: boolean;
}>;


export type CreditGiftCardsQuery = { order: { customer: { id: string } | null } | null, newest: { nodes: Array<{ id: string, note: string | null, lastCharacters: string, createdAt: string, initialValue: { amount: string, currencyCode: CurrencyCode }, customer: { id: string } | null }> }, claimed?: { nodes: Array<{ id: string, note: string | null, lastCharacters: string, createdAt: string, initialValue: { amount: string, currencyCode: CurrencyCode }, customer: { id: string } | null }> } };

export type SettlementGiftCardFragment = { id: string, note: string | null, lastCharacters: string, createdAt: string, initialValue: { amount: string, currencyCode: CurrencyCode }, customer: { id: string } | null };

export type CreditAccountMutationVariables = Exact<{
  customerId: string;
  creditInput: StoreCreditAccountCreditInput;
}>;


export type CreditAccountMutation = { storeCreditAccountCredit: { storeCreditAccountTransaction: { id: string, event: StoreCreditSystemEvent, createdAt: string, expiresAt: string | null, amount: { amount: string, currencyCode: CurrencyCode } } | null, userErrors: Array<{ code: StoreCreditAccountCreditUserErrorCode | null, field: Array<string> | null, message: string }> } | null };

export type CreateGiftCardMutationVariables = Exact<{
  input: GiftCardCreateInput;
}>;


export type CreateGiftCardMutation = { giftCardCreate: { giftCard: { id: string, note: string | null, lastCharacters: string, createdAt: string, initialValue: { amount: string, currencyCode: CurrencyCode }, customer: { id: string } | null } | null, userErrors: Array<{ code: GiftCardErrorCode | null, field: Array<string> | null, message: string }> } | null };

export type SendGiftCardToCustomerMutationVariables = Exact<{
  id: string;
}>;


export type SendGiftCardToCustomerMutation = { giftCardSendNotificationToCustomer: { giftCard: { id: string } | null, userErrors: Array<{ code: GiftCardSendNotificationToCustomerUserErrorCode | null, field: Array<string> | null, message: string }> } | null };

export type SendGiftCardToRecipientMutationVariables = Exact<{
  id: string;
}>;


export type SendGiftCardToRecipientMutation = { giftCardSendNotificationToRecipient: { giftCard: { id: string } | null, userErrors: Array<{ code: GiftCardSendNotificationToRecipientUserErrorCode | null, field: Array<string> | null, message: string }> } | null };

export type RecordSettlementMutationVariables = Exact<{
  orderId: string;
  metafields: Array<MetafieldsSetInput> | MetafieldsSetInput;
  addTags: Array<string> | string;
  hasTagsToAdd: boolean;
  removeTags: Array<string> | string;
  hasTagsToRemove: boolean;
}>;


export type RecordSettlementMutation = { metafieldsSet: { metafields: Array<{ key: string, compareDigest: string }> | null, userErrors: Array<{ code: MetafieldsSetUserErrorCode | null, field: Array<string> | null, message: string }> } | null, tagsAdd?: { userErrors: Array<{ field: Array<string> | null, message: string }> } | null, tagsRemove?: { userErrors: Array<{ field: Array<string> | null, message: string }> } | null };

export type ReleaseClaimMutationVariables = Exact<{
  metafields: Array<MetafieldsSetInput> | MetafieldsSetInput;
}>;


export type ReleaseClaimMutation = { metafieldsSet: { metafields: Array<{ key: string, compareDigest: string }> | null, userErrors: Array<{ code: MetafieldsSetUserErrorCode | null, field: Array<string> | null, message: string }> } | null };

export type SettlementMarkFragment = { everyRefund: Array<{ id: string }>, everyReturn: { nodes: Array<{ id: string, status: ReturnStatus }> } };

export type SettlementRefundsQueryVariables = Exact<{
  orderId: string;
  refundIds: Array<string> | string;
}>;


export type SettlementRefundsQuery = { order: { everyRefund: Array<{ id: string }>, everyReturn: { nodes: Array<{ id: string, status: ReturnStatus }> } } | null, nodes: Array<
    | { id: string, createdAt: string | null, note: string | null, return: { id: string } | null, totalRefundedSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, refundLineItems: { nodes: Array<{ quantity: number, restockType: RefundLineItemRestockType, lineItem: { id: string }, subtotalSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, totalTaxSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, transactions: { nodes: Array<{ id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, createdAt: string, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, parentTransaction: { id: string } | null }>, pageInfo: { hasNextPage: boolean } } }
    | Record<PropertyKey, never>
   | null> };

export type SettlementReturnsQueryVariables = Exact<{
  orderId: string;
  after?: string | null | undefined;
}>;


export type SettlementReturnsQuery = { order: { returns: { nodes: Array<{ id: string, name: string, status: ReturnStatus, createdAt: string, returnShippingFees: Array<{ amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, exchangeLineItems: { nodes: Array<{ id: string, processableQuantity: number }>, pageInfo: { hasNextPage: boolean } }, returnLineItems: { nodes: Array<
            | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number, restockingFee: { percentage: number } | null, fulfillmentLineItem: { lineItem: { id: string } } }
            | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number }
          >, pageInfo: { hasNextPage: boolean } }, reverseFulfillmentOrders: { nodes: Array<{ id: string, lineItems: { nodes: Array<{ id: string, totalQuantity: number, fulfillmentLineItem: { lineItem: { id: string } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string } | null }> }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, everyRefund: Array<{ id: string }>, everyReturn: { nodes: Array<{ id: string, status: ReturnStatus }> } } | null };

export type SettlementRestQueryVariables = Exact<{
  orderId: string;
  refundId: string;
  hasRefund: boolean;
  refundLinesAfter?: string | null | undefined;
  transactionsAfter?: string | null | undefined;
  returnId: string;
  hasReturn: boolean;
  returnLinesAfter?: string | null | undefined;
  exchangeLinesAfter?: string | null | undefined;
  reverseOrdersAfter?: string | null | undefined;
}>;


export type SettlementRestQuery = { order: { everyRefund: Array<{ id: string }>, everyReturn: { nodes: Array<{ id: string, status: ReturnStatus }> } } | null, refund?: { refundLineItems: { nodes: Array<{ quantity: number, restockType: RefundLineItemRestockType, lineItem: { id: string }, subtotalSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, totalTaxSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, transactions: { nodes: Array<{ id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, createdAt: string, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, parentTransaction: { id: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null, return?: { exchangeLineItems: { nodes: Array<{ id: string, processableQuantity: number }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, returnLineItems: { nodes: Array<
        | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number, restockingFee: { percentage: number } | null, fulfillmentLineItem: { lineItem: { id: string } } }
        | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number }
      >, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, reverseFulfillmentOrders: { nodes: Array<{ id: string, lineItems: { nodes: Array<{ id: string, totalQuantity: number, fulfillmentLineItem: { lineItem: { id: string } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string } | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type SettlementReverseLinesQueryVariables = Exact<{
  orderId: string;
  reverseOrderId: string;
  after?: string | null | undefined;
}>;


export type SettlementReverseLinesQuery = { order: { everyRefund: Array<{ id: string }>, everyReturn: { nodes: Array<{ id: string, status: ReturnStatus }> } } | null, reverseFulfillmentOrder: { lineItems: { nodes: Array<{ id: string, totalQuantity: number, fulfillmentLineItem: { lineItem: { id: string } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string } | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type SettlementTransactionsQueryVariables = Exact<{
  orderId: string;
}>;


export type SettlementTransactionsQuery = { order: { transactions: Array<{ manualPaymentGateway: boolean, id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, createdAt: string, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, parentTransaction: { id: string } | null }> } | null };

export type SettlementOrderLinesQueryVariables = Exact<{
  orderId: string;
  after?: string | null | undefined;
}>;


export type SettlementOrderLinesQuery = { order: { lineItems: { nodes: Array<{ id: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type SettlementSnapshotQueryVariables = Exact<{
  orderId: string;
  lineItemIds: Array<string> | string;
  locationIds: Array<string> | string;
}>;


export type SettlementSnapshotQuery = { order: { name: string, createdAt: string, cancelledAt: string | null, currencyCode: CurrencyCode, presentmentCurrencyCode: CurrencyCode, taxesIncluded: boolean, tags: Array<string>, id: string, netPaymentSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, transactions: Array<{ manualPaymentGateway: boolean, id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, createdAt: string, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, parentTransaction: { id: string } | null }>, lineItems: { nodes: Array<{ id: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, metafield: { value: string, compareDigest: string } | null, statusField: { value: string, compareDigest: string } | null, refunds: Array<{ id: string, createdAt: string | null, note: string | null, return: { id: string } | null, totalRefundedSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, refundLineItems: { nodes: Array<{ quantity: number, restockType: RefundLineItemRestockType, lineItem: { id: string }, subtotalSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, totalTaxSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, transactions: { nodes: Array<{ id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, createdAt: string, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, parentTransaction: { id: string } | null }>, pageInfo: { hasNextPage: boolean } } }>, returns: { nodes: Array<{ id: string, name: string, status: ReturnStatus, createdAt: string, returnShippingFees: Array<{ amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, exchangeLineItems: { nodes: Array<{ id: string, processableQuantity: number }>, pageInfo: { hasNextPage: boolean } }, returnLineItems: { nodes: Array<
            | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number, restockingFee: { percentage: number } | null, fulfillmentLineItem: { lineItem: { id: string } } }
            | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number }
          >, pageInfo: { hasNextPage: boolean } }, reverseFulfillmentOrders: { nodes: Array<{ id: string, lineItems: { nodes: Array<{ id: string, totalQuantity: number, fulfillmentLineItem: { lineItem: { id: string } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string } | null }> }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null, nodes: Array<
    | { id: string, title: string, sku: string | null, quantity: number, refundableQuantity: number, unfulfilledQuantity: number, isGiftCard: boolean, lineItemGroup: { id: string } | null, variant: { id: string, requiresComponents: boolean, inventoryItem: { id: string, tracked: boolean } } | null, originalUnitPriceSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, discountAllocations: Array<{ allocatedAmountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, taxLines: Array<{ title: string, priceSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, duties: Array<{ id: string, price: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, taxLines: Array<{ priceSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }> }> }
    | Record<PropertyKey, never>
   | null>, places: Array<
    | { id: string, name: string, isActive: boolean }
    | Record<PropertyKey, never>
   | null>, currentAppInstallation: { id: string } };

export type SettlementLinesQueryVariables = Exact<{
  lineItemIds: Array<string> | string;
}>;


export type SettlementLinesQuery = { nodes: Array<
    | { id: string, title: string, sku: string | null, quantity: number, refundableQuantity: number, unfulfilledQuantity: number, isGiftCard: boolean, lineItemGroup: { id: string } | null, variant: { id: string, requiresComponents: boolean, inventoryItem: { id: string, tracked: boolean } } | null, originalUnitPriceSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, discountAllocations: Array<{ allocatedAmountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, taxLines: Array<{ title: string, priceSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, duties: Array<{ id: string, price: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, taxLines: Array<{ priceSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }> }> }
    | Record<PropertyKey, never>
   | null> };

export type SettlementLineFragment = { id: string, title: string, sku: string | null, quantity: number, refundableQuantity: number, unfulfilledQuantity: number, isGiftCard: boolean, lineItemGroup: { id: string } | null, variant: { id: string, requiresComponents: boolean, inventoryItem: { id: string, tracked: boolean } } | null, originalUnitPriceSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, discountAllocations: Array<{ allocatedAmountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, taxLines: Array<{ title: string, priceSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, duties: Array<{ id: string, price: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, taxLines: Array<{ priceSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }> }> };

export type SettlementMoneyFragment = { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } };

export type SettlementRefundFragment = { id: string, createdAt: string | null, note: string | null, return: { id: string } | null, totalRefundedSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, refundLineItems: { nodes: Array<{ quantity: number, restockType: RefundLineItemRestockType, lineItem: { id: string }, subtotalSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, totalTaxSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, transactions: { nodes: Array<{ id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, createdAt: string, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, parentTransaction: { id: string } | null }>, pageInfo: { hasNextPage: boolean } } };

export type SettlementRefundLineFragment = { quantity: number, restockType: RefundLineItemRestockType, lineItem: { id: string }, subtotalSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, totalTaxSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } };

export type SettlementTransactionFragment = { id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, createdAt: string, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, parentTransaction: { id: string } | null };

export type SettlementReturnFragment = { id: string, name: string, status: ReturnStatus, createdAt: string, returnShippingFees: Array<{ amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, exchangeLineItems: { nodes: Array<{ id: string, processableQuantity: number }>, pageInfo: { hasNextPage: boolean } }, returnLineItems: { nodes: Array<
      | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number, restockingFee: { percentage: number } | null, fulfillmentLineItem: { lineItem: { id: string } } }
      | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number }
    >, pageInfo: { hasNextPage: boolean } }, reverseFulfillmentOrders: { nodes: Array<{ id: string, lineItems: { nodes: Array<{ id: string, totalQuantity: number, fulfillmentLineItem: { lineItem: { id: string } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string } | null }> }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean } } };

export type SettlementExchangeLineFragment = { id: string, processableQuantity: number };

type SettlementReturnLine_ReturnLineItem_Fragment = { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number, restockingFee: { percentage: number } | null, fulfillmentLineItem: { lineItem: { id: string } } };

type SettlementReturnLine_UnverifiedReturnLineItem_Fragment = { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number };

export type SettlementReturnLineFragment =
  | SettlementReturnLine_ReturnLineItem_Fragment
  | SettlementReturnLine_UnverifiedReturnLineItem_Fragment
;

export type SettlementReverseLineFragment = { id: string, totalQuantity: number, fulfillmentLineItem: { lineItem: { id: string } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string } | null }> };

export type SettlementStateFragment = { id: string, refunds: Array<{ id: string, createdAt: string | null, note: string | null, return: { id: string } | null, totalRefundedSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, refundLineItems: { nodes: Array<{ quantity: number, restockType: RefundLineItemRestockType, lineItem: { id: string }, subtotalSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, totalTaxSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, pageInfo: { hasNextPage: boolean } }, transactions: { nodes: Array<{ id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway: string | null, createdAt: string, amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } }, parentTransaction: { id: string } | null }>, pageInfo: { hasNextPage: boolean } } }>, returns: { nodes: Array<{ id: string, name: string, status: ReturnStatus, createdAt: string, returnShippingFees: Array<{ amountSet: { presentmentMoney: { amount: string, currencyCode: CurrencyCode }, shopMoney: { amount: string, currencyCode: CurrencyCode } } }>, exchangeLineItems: { nodes: Array<{ id: string, processableQuantity: number }>, pageInfo: { hasNextPage: boolean } }, returnLineItems: { nodes: Array<
          | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number, restockingFee: { percentage: number } | null, fulfillmentLineItem: { lineItem: { id: string } } }
          | { id: string, quantity: number, refundableQuantity: number, refundedQuantity: number, processableQuantity: number, processedQuantity: number }
        >, pageInfo: { hasNextPage: boolean } }, reverseFulfillmentOrders: { nodes: Array<{ id: string, lineItems: { nodes: Array<{ id: string, totalQuantity: number, fulfillmentLineItem: { lineItem: { id: string } } | null, dispositions: Array<{ id: string, type: ReverseFulfillmentOrderDispositionType, quantity: number, createdAt: string, location: { id: string } | null }> }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type BundleParentsQueryVariables = Exact<{
  variantIds: Array<string> | string;
  hasMetafield: boolean;
  namespace: string;
  key: string;
  components?: number | null | undefined;
}>;


export type BundleParentsQuery = { nodes: Array<
    | { id: string, requiresComponents: boolean, metafield?: { value: string } | null, productVariantComponents: { nodes: Array<{ quantity: number, productVariant: { id: string, sku: string | null, displayName: string, price: string, requiresComponents: boolean, inventoryItem: { id: string, tracked: boolean } } }>, pageInfo: { hasNextPage: boolean } } }
    | Record<PropertyKey, never>
   | null> };

export type BundleComponentsQueryVariables = Exact<{
  variantIds: Array<string> | string;
  hasSkus: boolean;
  search: string;
  after?: string | null | undefined;
  first?: number | null | undefined;
}>;


export type BundleComponentsQuery = { nodes: Array<
    | { id: string, sku: string | null, displayName: string, price: string, requiresComponents: boolean, inventoryItem: { id: string, tracked: boolean } }
    | Record<PropertyKey, never>
   | null>, productVariants?: { nodes: Array<{ id: string, sku: string | null, displayName: string, price: string, requiresComponents: boolean, inventoryItem: { id: string, tracked: boolean } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AdjustStockMutationVariables = Exact<{
  input: InventoryAdjustQuantitiesInput;
  key: string;
}>;


export type AdjustStockMutation = { inventoryAdjustQuantities: { inventoryAdjustmentGroup: { id: string, changes: Array<{ name: string, delta: number, item: { id: string } | null, location: { id: string } | null }> } | null, userErrors: Array<{ code: InventoryAdjustQuantitiesUserErrorCode | null, field: Array<string> | null, message: string }> } | null };

export type StockVariantFragment = { id: string, sku: string | null, displayName: string, price: string, requiresComponents: boolean, inventoryItem: { id: string, tracked: boolean } };

export type OrderCustomerCreditQueryVariables = Exact<{
  orderId: string;
}>;


export type OrderCustomerCreditQuery = { order: { customer: { id: string, storeCreditAccounts: { nodes: Array<{ id: string, balance: { amount: string, currencyCode: CurrencyCode }, transactions: { nodes: Array<
              | { __typename: 'StoreCreditAccountCreditTransaction', id: string, expiresAt: string | null, createdAt: string, event: StoreCreditSystemEvent, amount: { amount: string, currencyCode: CurrencyCode }, balanceAfterTransaction: { amount: string, currencyCode: CurrencyCode } }
              | { __typename: 'StoreCreditAccountDebitRevertTransaction', createdAt: string, event: StoreCreditSystemEvent, amount: { amount: string, currencyCode: CurrencyCode }, balanceAfterTransaction: { amount: string, currencyCode: CurrencyCode } }
              | { __typename: 'StoreCreditAccountDebitTransaction', id: string, createdAt: string, event: StoreCreditSystemEvent, amount: { amount: string, currencyCode: CurrencyCode }, balanceAfterTransaction: { amount: string, currencyCode: CurrencyCode } }
              | { __typename: 'StoreCreditAccountExpirationTransaction', createdAt: string, event: StoreCreditSystemEvent, amount: { amount: string, currencyCode: CurrencyCode }, balanceAfterTransaction: { amount: string, currencyCode: CurrencyCode } }
            > } }>, pageInfo: { hasNextPage: boolean } } } | null } | null };

export type CustomerCreditQueryVariables = Exact<{
  id: string;
}>;


export type CustomerCreditQuery = { customer: { id: string, storeCreditAccounts: { nodes: Array<{ id: string, balance: { amount: string, currencyCode: CurrencyCode }, transactions: { nodes: Array<
            | { __typename: 'StoreCreditAccountCreditTransaction', id: string, expiresAt: string | null, createdAt: string, event: StoreCreditSystemEvent, amount: { amount: string, currencyCode: CurrencyCode }, balanceAfterTransaction: { amount: string, currencyCode: CurrencyCode } }
            | { __typename: 'StoreCreditAccountDebitRevertTransaction', createdAt: string, event: StoreCreditSystemEvent, amount: { amount: string, currencyCode: CurrencyCode }, balanceAfterTransaction: { amount: string, currencyCode: CurrencyCode } }
            | { __typename: 'StoreCreditAccountDebitTransaction', id: string, createdAt: string, event: StoreCreditSystemEvent, amount: { amount: string, currencyCode: CurrencyCode }, balanceAfterTransaction: { amount: string, currencyCode: CurrencyCode } }
            | { __typename: 'StoreCreditAccountExpirationTransaction', createdAt: string, event: StoreCreditSystemEvent, amount: { amount: string, currencyCode: CurrencyCode }, balanceAfterTransaction: { amount: string, currencyCode: CurrencyCode } }
          > } }>, pageInfo: { hasNextPage: boolean } } } | null };

export type DebitCreditAccountMutationVariables = Exact<{
  id: string;
  amount: MoneyInput;
}>;


export type DebitCreditAccountMutation = { storeCreditAccountDebit: { storeCreditAccountTransaction: { id: string, amount: { amount: string, currencyCode: CurrencyCode }, balanceAfterTransaction: { amount: string, currencyCode: CurrencyCode } } | null, userErrors: Array<{ code: StoreCreditAccountDebitUserErrorCode | null, field: Array<string> | null, message: string }> } | null };

export type GiftCardByIdQueryVariables = Exact<{
  id: string;
}>;


export type GiftCardByIdQuery = { giftCard: { id: string, lastCharacters: string, note: string | null, createdAt: string, deactivatedAt: string | null, enabled: boolean, expiresOn: string | null, initialValue: { amount: string, currencyCode: CurrencyCode }, balance: { amount: string, currencyCode: CurrencyCode } } | null };

export type FindGiftCardsQueryVariables = Exact<{
  after?: string | null | undefined;
  first?: number | null | undefined;
}>;


export type FindGiftCardsQuery = { giftCards: { nodes: Array<{ id: string, lastCharacters: string, note: string | null, createdAt: string, deactivatedAt: string | null, enabled: boolean, expiresOn: string | null, initialValue: { amount: string, currencyCode: CurrencyCode }, balance: { amount: string, currencyCode: CurrencyCode } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type DeactivateGiftCardMutationVariables = Exact<{
  id: string;
}>;


export type DeactivateGiftCardMutation = { giftCardDeactivate: { giftCard: { id: string, lastCharacters: string, note: string | null, createdAt: string, deactivatedAt: string | null, enabled: boolean, expiresOn: string | null, initialValue: { amount: string, currencyCode: CurrencyCode }, balance: { amount: string, currencyCode: CurrencyCode } } | null, userErrors: Array<{ code: GiftCardDeactivateUserErrorCode | null, field: Array<string> | null, message: string }> } | null };

export type CustomerCreditFieldsFragment = { id: string, storeCreditAccounts: { nodes: Array<{ id: string, balance: { amount: string, currencyCode: CurrencyCode }, transactions: { nodes: Array<
          | { __typename: 'StoreCreditAccountCreditTransaction', id: string, expiresAt: string | null, createdAt: string, event: StoreCreditSystemEvent, amount: { amount: string, currencyCode: CurrencyCode }, balanceAfterTransaction: { amount: string, currencyCode: CurrencyCode } }
          | { __typename: 'StoreCreditAccountDebitRevertTransaction', createdAt: string, event: StoreCreditSystemEvent, amount: { amount: string, currencyCode: CurrencyCode }, balanceAfterTransaction: { amount: string, currencyCode: CurrencyCode } }
          | { __typename: 'StoreCreditAccountDebitTransaction', id: string, createdAt: string, event: StoreCreditSystemEvent, amount: { amount: string, currencyCode: CurrencyCode }, balanceAfterTransaction: { amount: string, currencyCode: CurrencyCode } }
          | { __typename: 'StoreCreditAccountExpirationTransaction', createdAt: string, event: StoreCreditSystemEvent, amount: { amount: string, currencyCode: CurrencyCode }, balanceAfterTransaction: { amount: string, currencyCode: CurrencyCode } }
        > } }>, pageInfo: { hasNextPage: boolean } } };

export type GiftCardFieldsFragment = { id: string, lastCharacters: string, note: string | null, createdAt: string, deactivatedAt: string | null, enabled: boolean, expiresOn: string | null, initialValue: { amount: string, currencyCode: CurrencyCode }, balance: { amount: string, currencyCode: CurrencyCode } };

export const RunBulkQueryDocument = new TypedDocumentString<RunBulkQueryMutation, RunBulkQueryMutationVariables>(`
    mutation RunBulkQuery($query: String!) {
  bulkOperationRunQuery(query: $query, groupObjects: true) {
    bulkOperation {
      ...BulkOperationFields
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment BulkOperationFields on BulkOperation {
  id
  status
  errorCode
  objectCount
  url
}`);
export const BulkOperationByIdDocument = new TypedDocumentString<BulkOperationByIdQuery, BulkOperationByIdQueryVariables>(`
    query BulkOperationById($id: ID!) {
  bulkOperation(id: $id) {
    ...BulkOperationFields
  }
}
    fragment BulkOperationFields on BulkOperation {
  id
  status
  errorCode
  objectCount
  url
}`);
export const CancelBulkOperationDocument = new TypedDocumentString<CancelBulkOperationMutation, CancelBulkOperationMutationVariables>(`
    mutation CancelBulkOperation($id: ID!) {
  bulkOperationCancel(id: $id) {
    bulkOperation {
      id
      status
    }
    userErrors {
      field
      message
    }
  }
}
    `);
export const CaseOrderInDetailDocument = new TypedDocumentString<CaseOrderInDetailQuery, CaseOrderInDetailQueryVariables>(`
    query CaseOrderInDetail($id: ID!) {
  order(id: $id) {
    ...CaseOrderFields
    lineItems(first: 40) {
      nodes {
        id
        sku
        name
        quantity
        unfulfilledQuantity
        lineItemGroup {
          id
        }
        variant {
          requiresComponents
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    refunds(first: 5) {
      ...CaseRefundFields
      transactions(first: 4) {
        nodes {
          ...CaseTransactionFields
        }
        pageInfo {
          hasNextPage
        }
      }
      refundLineItems(first: 5) {
        nodes {
          quantity
          restockType
          restocked
          lineItem {
            id
          }
          location {
            id
          }
          subtotalSet {
            ...MoneyPairFields
          }
          totalTaxSet {
            ...MoneyPairFields
          }
        }
        pageInfo {
          hasNextPage
        }
      }
    }
    returns(first: 3) {
      nodes {
        ...CaseReturnFields
        returnLineItems(first: 8) {
          nodes {
            id
            quantity
            processedQuantity
            refundedQuantity
            ... on ReturnLineItem {
              fulfillmentLineItem {
                lineItem {
                  id
                }
              }
            }
          }
          pageInfo {
            hasNextPage
          }
        }
        exchangeLineItems(first: 3) {
          nodes {
            id
          }
        }
        reverseFulfillmentOrders(first: 2) {
          nodes {
            lineItems(first: 8) {
              nodes {
                fulfillmentLineItem {
                  lineItem {
                    id
                  }
                }
                dispositions {
                  id
                  type
                  quantity
                  createdAt
                  location {
                    id
                  }
                }
              }
              pageInfo {
                hasNextPage
              }
            }
          }
          pageInfo {
            hasNextPage
          }
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
}
    fragment CaseOrderFields on Order {
  id
  name
  createdAt
  updatedAt
  cancelledAt
  tags
  currencyCode
  presentmentCurrencyCode
  metafield(namespace: "return_settlement", key: "ledger") {
    value
  }
}
fragment CaseRefundFields on Refund {
  id
  createdAt
  processedAt
  note
  return {
    id
  }
  totalRefundedSet {
    ...MoneyPairFields
  }
}
fragment CaseTransactionFields on OrderTransaction {
  id
  kind
  status
  gateway
  manualPaymentGateway
  processedAt
  amountSet {
    ...MoneyPairFields
  }
}
fragment CaseReturnFields on Return {
  id
  name
  status
  createdAt
  closedAt
  totalQuantity
}
fragment MoneyPairFields on MoneyBag {
  shopMoney {
    amount
    currencyCode
  }
  presentmentMoney {
    amount
    currencyCode
  }
}`);
export const CaseOrdersDocument = new TypedDocumentString<CaseOrdersQuery, CaseOrdersQueryVariables>(`
    query CaseOrders($search: String!, $first: Int = 12, $after: String) {
  orders(query: $search, first: $first, after: $after, sortKey: CREATED_AT) {
    nodes {
      ...CaseOrderFields
      refunds(first: 5) {
        ...CaseRefundFields
      }
      transactions(first: 8) {
        ...CaseTransactionFields
      }
      returns(first: 5) {
        nodes {
          ...CaseReturnFields
        }
        pageInfo {
          hasNextPage
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment CaseOrderFields on Order {
  id
  name
  createdAt
  updatedAt
  cancelledAt
  tags
  currencyCode
  presentmentCurrencyCode
  metafield(namespace: "return_settlement", key: "ledger") {
    value
  }
}
fragment CaseRefundFields on Refund {
  id
  createdAt
  processedAt
  note
  return {
    id
  }
  totalRefundedSet {
    ...MoneyPairFields
  }
}
fragment CaseTransactionFields on OrderTransaction {
  id
  kind
  status
  gateway
  manualPaymentGateway
  processedAt
  amountSet {
    ...MoneyPairFields
  }
}
fragment CaseReturnFields on Return {
  id
  name
  status
  createdAt
  closedAt
  totalQuantity
}
fragment MoneyPairFields on MoneyBag {
  shopMoney {
    amount
    currencyCode
  }
  presentmentMoney {
    amount
    currencyCode
  }
}`);
export const OrderOfRefundDocument = new TypedDocumentString<OrderOfRefundQuery, OrderOfRefundQueryVariables>(`
    query OrderOfRefund($id: ID!) {
  refund(id: $id) {
    id
    order {
      id
    }
  }
}
    `);
export const FindOrdersDocument = new TypedDocumentString<FindOrdersQuery, FindOrdersQueryVariables>(`
    query FindOrders($search: String!, $first: Int = 25, $after: String) {
  orders(
    query: $search
    first: $first
    after: $after
    sortKey: PROCESSED_AT
    reverse: true
  ) {
    nodes {
      id
      name
      processedAt
      returnStatus
      displayFinancialStatus
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `);
export const OrderReturnContextDocument = new TypedDocumentString<OrderReturnContextQuery, OrderReturnContextQueryVariables>(`
    query OrderReturnContext($id: ID!, $ledgerNamespace: String!, $ledgerKey: String!, $lines: Int = 30, $refunds: Int = 5, $returns: Int = 50) {
  order(id: $id) {
    id
    name
    createdAt
    cancelledAt
    currencyCode
    presentmentCurrencyCode
    taxesIncluded
    displayFinancialStatus
    displayFulfillmentStatus
    returnStatus
    tags
    totalReceivedSet {
      ...MoneyPairFields
    }
    totalRefundedSet {
      ...MoneyPairFields
    }
    netPaymentSet {
      ...MoneyPairFields
    }
    metafield(namespace: $ledgerNamespace, key: $ledgerKey) {
      value
      updatedAt
    }
    lineItems(first: $lines) {
      nodes {
        ...ContextLineFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    refunds(first: $refunds) {
      ...RefundFields
    }
    returns(first: $returns) {
      nodes {
        id
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment MoneyPairFields on MoneyBag {
  shopMoney {
    amount
    currencyCode
  }
  presentmentMoney {
    amount
    currencyCode
  }
}
fragment ContextLineFields on LineItem {
  id
  name
  sku
  quantity
  currentQuantity
  refundableQuantity
  unfulfilledQuantity
  nonFulfillableQuantity
  isGiftCard
  discountedUnitPriceAfterAllDiscountsSet {
    ...MoneyPairFields
  }
  variant {
    id
  }
  lineItemGroup {
    id
    title
    quantity
  }
}
fragment RefundFields on Refund {
  id
  createdAt
  processedAt
  note
  return {
    id
    name
  }
  totalRefundedSet {
    ...MoneyPairFields
  }
  transactions(first: 5) {
    nodes {
      id
      kind
      status
      gateway
      processedAt
      amountSet {
        presentmentMoney {
          amount
          currencyCode
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
  refundLineItems(first: 10) {
    nodes {
      quantity
      restockType
      restocked
      lineItem {
        id
      }
      location {
        id
      }
      subtotalSet {
        presentmentMoney {
          amount
          currencyCode
        }
      }
      totalTaxSet {
        presentmentMoney {
          amount
          currencyCode
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}`);
export const OrderLinesDocument = new TypedDocumentString<OrderLinesQuery, OrderLinesQueryVariables>(`
    query OrderLines($id: ID!, $lines: Int = 100, $after: String) {
  order(id: $id) {
    lineItems(first: $lines, after: $after) {
      nodes {
        ...ContextLineFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment MoneyPairFields on MoneyBag {
  shopMoney {
    amount
    currencyCode
  }
  presentmentMoney {
    amount
    currencyCode
  }
}
fragment ContextLineFields on LineItem {
  id
  name
  sku
  quantity
  currentQuantity
  refundableQuantity
  unfulfilledQuantity
  nonFulfillableQuantity
  isGiftCard
  discountedUnitPriceAfterAllDiscountsSet {
    ...MoneyPairFields
  }
  variant {
    id
  }
  lineItemGroup {
    id
    title
    quantity
  }
}`);
export const OrderRefundIdsDocument = new TypedDocumentString<OrderRefundIdsQuery, OrderRefundIdsQueryVariables>(`
    query OrderRefundIds($id: ID!) {
  order(id: $id) {
    id
    refunds(first: 250) {
      id
    }
  }
}
    `);
export const RefundByIdDocument = new TypedDocumentString<RefundByIdQuery, RefundByIdQueryVariables>(`
    query RefundById($id: ID!) {
  refund(id: $id) {
    ...RefundFields
  }
}
    fragment MoneyPairFields on MoneyBag {
  shopMoney {
    amount
    currencyCode
  }
  presentmentMoney {
    amount
    currencyCode
  }
}
fragment RefundFields on Refund {
  id
  createdAt
  processedAt
  note
  return {
    id
    name
  }
  totalRefundedSet {
    ...MoneyPairFields
  }
  transactions(first: 5) {
    nodes {
      id
      kind
      status
      gateway
      processedAt
      amountSet {
        presentmentMoney {
          amount
          currencyCode
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
  refundLineItems(first: 10) {
    nodes {
      quantity
      restockType
      restocked
      lineItem {
        id
      }
      location {
        id
      }
      subtotalSet {
        presentmentMoney {
          amount
          currencyCode
        }
      }
      totalTaxSet {
        presentmentMoney {
          amount
          currencyCode
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}`);
export const SearchOrdersDocument = new TypedDocumentString<SearchOrdersQuery, SearchOrdersQueryVariables>(`
    query SearchOrders($search: String!, $first: Int = 50, $after: String) {
  orders(
    query: $search
    first: $first
    after: $after
    sortKey: UPDATED_AT
    reverse: true
  ) {
    nodes {
      ...OrderSummaryFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment MoneyPairFields on MoneyBag {
  shopMoney {
    amount
    currencyCode
  }
  presentmentMoney {
    amount
    currencyCode
  }
}
fragment OrderSummaryFields on Order {
  id
  name
  createdAt
  processedAt
  updatedAt
  cancelledAt
  displayFinancialStatus
  displayFulfillmentStatus
  returnStatus
  tags
  note
  totalPriceSet {
    ...MoneyPairFields
  }
  totalRefundedSet {
    ...MoneyPairFields
  }
}`);
export const OrderByIdDocument = new TypedDocumentString<OrderByIdQuery, OrderByIdQueryVariables>(`
    query OrderById($id: ID!) {
  order(id: $id) {
    ...OrderSummaryFields
  }
}
    fragment MoneyPairFields on MoneyBag {
  shopMoney {
    amount
    currencyCode
  }
  presentmentMoney {
    amount
    currencyCode
  }
}
fragment OrderSummaryFields on Order {
  id
  name
  createdAt
  processedAt
  updatedAt
  cancelledAt
  displayFinancialStatus
  displayFulfillmentStatus
  returnStatus
  tags
  note
  totalPriceSet {
    ...MoneyPairFields
  }
  totalRefundedSet {
    ...MoneyPairFields
  }
}`);
export const SetOrderNoteDocument = new TypedDocumentString<SetOrderNoteMutation, SetOrderNoteMutationVariables>(`
    mutation SetOrderNote($id: ID!, $note: String!) {
  orderUpdate(input: {id: $id, note: $note}) {
    order {
      ...OrderSummaryFields
    }
    userErrors {
      field
      message
    }
  }
}
    fragment MoneyPairFields on MoneyBag {
  shopMoney {
    amount
    currencyCode
  }
  presentmentMoney {
    amount
    currencyCode
  }
}
fragment OrderSummaryFields on Order {
  id
  name
  createdAt
  processedAt
  updatedAt
  cancelledAt
  displayFinancialStatus
  displayFulfillmentStatus
  returnStatus
  tags
  note
  totalPriceSet {
    ...MoneyPairFields
  }
  totalRefundedSet {
    ...MoneyPairFields
  }
}`);
export const OrderCustomerDocument = new TypedDocumentString<OrderCustomerQuery, OrderCustomerQueryVariables>(`
    query OrderCustomer($id: ID!) {
  order(id: $id) {
    id
    customer {
      id
      tags
    }
  }
}
    `);
export const AddOrderTagsDocument = new TypedDocumentString<AddOrderTagsMutation, AddOrderTagsMutationVariables>(`
    mutation AddOrderTags($id: ID!, $tags: [String!]!) {
  tagsAdd(id: $id, tags: $tags) {
    userErrors {
      field
      message
    }
  }
}
    `);
export const AddCustomerTagsDocument = new TypedDocumentString<AddCustomerTagsMutation, AddCustomerTagsMutationVariables>(`
    mutation AddCustomerTags($id: ID!, $tags: [String!]!) {
  tagsAdd(id: $id, tags: $tags) {
    userErrors {
      field
      message
    }
  }
}
    `);
export const RemoveOrderTagsDocument = new TypedDocumentString<RemoveOrderTagsMutation, RemoveOrderTagsMutationVariables>(`
    mutation RemoveOrderTags($id: ID!, $tags: [String!]!) {
  tagsRemove(id: $id, tags: $tags) {
    userErrors {
      field
      message
    }
  }
}
    `);
export const RemoveCustomerTagsDocument = new TypedDocumentString<RemoveCustomerTagsMutation, RemoveCustomerTagsMutationVariables>(`
    mutation RemoveCustomerTags($id: ID!, $tags: [String!]!) {
  tagsRemove(id: $id, tags: $tags) {
    userErrors {
      field
      message
    }
  }
}
    `);
export const OrdersByTagDocument = new TypedDocumentString<OrdersByTagQuery, OrdersByTagQueryVariables>(`
    query OrdersByTag($search: String!, $after: String) {
  orders(
    query: $search
    first: 25
    after: $after
    sortKey: UPDATED_AT
    reverse: true
  ) {
    nodes {
      id
      name
      tags
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `);
export const EligibilityOrderDocument = new TypedDocumentString<EligibilityOrderQuery, EligibilityOrderQueryVariables>(`
    query EligibilityOrder($id: ID!, $withCountry: Boolean!) {
  order(id: $id) {
    id
    name
    createdAt
    processedAt
    cancelledAt
    tags
    shippingAddress @include(if: $withCountry) {
      countryCodeV2
    }
    fulfillments(first: 10) {
      id
      createdAt
      deliveredAt
      fulfillmentLineItems(first: 30) {
        nodes {
          id
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  }
}
    `);
export const EligibilityLinesDocument = new TypedDocumentString<EligibilityLinesQuery, EligibilityLinesQueryVariables>(`
    query EligibilityLines($id: ID!, $after: String) {
  order(id: $id) {
    lineItems(first: 100, after: $after) {
      nodes {
        id
        name
        sku
        quantity
        refundableQuantity
        unfulfilledQuantity
        isGiftCard
        product {
          id
          productType
          tags
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `);
export const ShopTimeDocument = new TypedDocumentString<ShopTimeQuery, ShopTimeQueryVariables>(`
    query ShopTime {
  shop {
    id
    ianaTimezone
    currencyCode
  }
}
    `);
export const RefundsInPayoutsDocument = new TypedDocumentString<RefundsInPayoutsQuery, RefundsInPayoutsQueryVariables>(`
    query RefundsInPayouts($search: String!, $after: String) {
  shopifyPaymentsAccount {
    id
    balanceTransactions(
      query: $search
      first: 100
      after: $after
      sortKey: PROCESSED_AT
    ) {
      nodes {
        id
        type
        sourceType
        transactionDate
        sourceOrderTransactionId
        amount {
          amount
          currencyCode
        }
        associatedPayout {
          id
          status
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `);
export const ReturnByIdDocument = new TypedDocumentString<ReturnByIdQuery, ReturnByIdQueryVariables>(`
    query ReturnById($id: ID!, $lines: Int = 40, $afterLine: String) {
  return(id: $id) {
    ...ReturnSummaryFields
    decline {
      reason
      note
    }
    returnLineItems(first: $lines, after: $afterLine) {
      nodes {
        ...ReturnLineFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    exchangeLineItems(first: 1) {
      nodes {
        id
      }
    }
    refunds(first: 20) {
      nodes {
        id
        createdAt
        totalRefundedSet {
          ...MoneyPairFields
        }
      }
    }
    reverseFulfillmentOrders(first: 4) {
      nodes {
        id
        status
        lineItems(first: 20) {
          nodes {
            ...ReverseLineFields
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment MoneyPairFields on MoneyBag {
  shopMoney {
    amount
    currencyCode
  }
  presentmentMoney {
    amount
    currencyCode
  }
}
fragment ReturnSummaryFields on Return {
  id
  name
  status
  totalQuantity
  createdAt
  requestApprovedAt
  closedAt
  order {
    id
    name
  }
}
fragment ReturnLineFields on ReturnLineItemType {
  __typename
  id
  quantity
  processableQuantity
  processedQuantity
  refundableQuantity
  refundedQuantity
  returnReasonNote
  customerNote
  returnReasonDefinition {
    id
    handle
    name
  }
  ... on ReturnLineItem {
    fulfillmentLineItem {
      id
      lineItem {
        id
        name
        sku
      }
    }
  }
}
fragment ReverseLineFields on ReverseFulfillmentOrderLineItem {
  id
  totalQuantity
  fulfillmentLineItem {
    id
    lineItem {
      id
      name
      sku
    }
  }
  dispositions {
    id
    type
    quantity
    createdAt
    location {
      id
      name
    }
  }
}`);
export const ReturnReverseOrdersDocument = new TypedDocumentString<ReturnReverseOrdersQuery, ReturnReverseOrdersQueryVariables>(`
    query ReturnReverseOrders($id: ID!, $after: String) {
  return(id: $id) {
    reverseFulfillmentOrders(first: 4, after: $after) {
      nodes {
        id
        status
        lineItems(first: 20) {
          nodes {
            ...ReverseLineFields
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment ReverseLineFields on ReverseFulfillmentOrderLineItem {
  id
  totalQuantity
  fulfillmentLineItem {
    id
    lineItem {
      id
      name
      sku
    }
  }
  dispositions {
    id
    type
    quantity
    createdAt
    location {
      id
      name
    }
  }
}`);
export const ReverseOrderLinesDocument = new TypedDocumentString<ReverseOrderLinesQuery, ReverseOrderLinesQueryVariables>(`
    query ReverseOrderLines($id: ID!, $after: String) {
  reverseFulfillmentOrder(id: $id) {
    lineItems(first: 100, after: $after) {
      nodes {
        ...ReverseLineFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment ReverseLineFields on ReverseFulfillmentOrderLineItem {
  id
  totalQuantity
  fulfillmentLineItem {
    id
    lineItem {
      id
      name
      sku
    }
  }
  dispositions {
    id
    type
    quantity
    createdAt
    location {
      id
      name
    }
  }
}`);
export const ReturnsOfOrderDocument = new TypedDocumentString<ReturnsOfOrderQuery, ReturnsOfOrderQueryVariables>(`
    query ReturnsOfOrder($orderId: ID!, $first: Int = 50, $after: String, $search: String) {
  order(id: $orderId) {
    id
    name
    returns(first: $first, after: $after, query: $search) {
      nodes {
        ...ReturnSummaryFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment ReturnSummaryFields on Return {
  id
  name
  status
  totalQuantity
  createdAt
  requestApprovedAt
  closedAt
  order {
    id
    name
  }
}`);
export const ReturnsOfOrdersDocument = new TypedDocumentString<ReturnsOfOrdersQuery, ReturnsOfOrdersQueryVariables>(`
    query ReturnsOfOrders($search: String!, $first: Int = 25, $after: String) {
  orders(
    query: $search
    first: $first
    after: $after
    sortKey: UPDATED_AT
    reverse: true
  ) {
    nodes {
      id
      name
      returnStatus
      returns(first: 10) {
        nodes {
          ...ReturnSummaryFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ReturnSummaryFields on Return {
  id
  name
  status
  totalQuantity
  createdAt
  requestApprovedAt
  closedAt
  order {
    id
    name
  }
}`);
export const FindRefundsDocument = new TypedDocumentString<FindRefundsQuery, FindRefundsQueryVariables>(`
    query FindRefunds($search: String!, $first: Int = 15, $after: String) {
  orders(
    query: $search
    first: $first
    after: $after
    sortKey: UPDATED_AT
    reverse: true
  ) {
    nodes {
      name
      refunds(first: 10) {
        id
        createdAt
        totalRefundedSet {
          presentmentMoney {
            amount
            currencyCode
          }
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `);
export const ReturnableLinesDocument = new TypedDocumentString<ReturnableLinesQuery, ReturnableLinesQueryVariables>(`
    query ReturnableLines($orderId: ID!, $after: String) {
  returnableFulfillments(orderId: $orderId, first: 5, after: $after) {
    nodes {
      id
      returnableFulfillmentLineItems(first: 40) {
        nodes {
          quantity
          fulfillmentLineItem {
            id
            lineItem {
              id
              name
              sku
            }
          }
        }
        pageInfo {
          hasNextPage
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `);
export const ReturnReasonsDocument = new TypedDocumentString<ReturnReasonsQuery, ReturnReasonsQueryVariables>(`
    query ReturnReasons($search: String, $first: Int = 50, $after: String) {
  returnReasonDefinitions(
    query: $search
    first: $first
    after: $after
    sortKey: NAME
  ) {
    nodes {
      id
      handle
      name
      deleted
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `);
export const CreateReturnDocument = new TypedDocumentString<CreateReturnMutation, CreateReturnMutationVariables>(`
    mutation CreateReturn($input: ReturnInput!) {
  returnCreate(returnInput: $input) {
    return {
      ...ReturnSummaryFields
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment ReturnSummaryFields on Return {
  id
  name
  status
  totalQuantity
  createdAt
  requestApprovedAt
  closedAt
  order {
    id
    name
  }
}`);
export const CloseReturnDocument = new TypedDocumentString<CloseReturnMutation, CloseReturnMutationVariables>(`
    mutation CloseReturn($id: ID!) {
  returnClose(id: $id) {
    return {
      ...ReturnSummaryFields
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment ReturnSummaryFields on Return {
  id
  name
  status
  totalQuantity
  createdAt
  requestApprovedAt
  closedAt
  order {
    id
    name
  }
}`);
export const RequestReturnDocument = new TypedDocumentString<RequestReturnMutation, RequestReturnMutationVariables>(`
    mutation RequestReturn($input: ReturnRequestInput!) {
  returnRequest(input: $input) {
    return {
      ...ReturnSummaryFields
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment ReturnSummaryFields on Return {
  id
  name
  status
  totalQuantity
  createdAt
  requestApprovedAt
  closedAt
  order {
    id
    name
  }
}`);
export const ApproveReturnDocument = new TypedDocumentString<ApproveReturnMutation, ApproveReturnMutationVariables>(`
    mutation ApproveReturn($input: ReturnApproveRequestInput!) {
  returnApproveRequest(input: $input) {
    return {
      ...ReturnSummaryFields
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment ReturnSummaryFields on Return {
  id
  name
  status
  totalQuantity
  createdAt
  requestApprovedAt
  closedAt
  order {
    id
    name
  }
}`);
export const DeclineReturnDocument = new TypedDocumentString<DeclineReturnMutation, DeclineReturnMutationVariables>(`
    mutation DeclineReturn($input: ReturnDeclineRequestInput!) {
  returnDeclineRequest(input: $input) {
    return {
      ...ReturnSummaryFields
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment ReturnSummaryFields on Return {
  id
  name
  status
  totalQuantity
  createdAt
  requestApprovedAt
  closedAt
  order {
    id
    name
  }
}`);
export const ReopenReturnDocument = new TypedDocumentString<ReopenReturnMutation, ReopenReturnMutationVariables>(`
    mutation ReopenReturn($id: ID!) {
  returnReopen(id: $id) {
    return {
      ...ReturnSummaryFields
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment ReturnSummaryFields on Return {
  id
  name
  status
  totalQuantity
  createdAt
  requestApprovedAt
  closedAt
  order {
    id
    name
  }
}`);
export const CancelReturnDocument = new TypedDocumentString<CancelReturnMutation, CancelReturnMutationVariables>(`
    mutation CancelReturn($id: ID!) {
  returnCancel(id: $id) {
    return {
      ...ReturnSummaryFields
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment ReturnSummaryFields on Return {
  id
  name
  status
  totalQuantity
  createdAt
  requestApprovedAt
  closedAt
  order {
    id
    name
  }
}`);
export const RemoveFromReturnDocument = new TypedDocumentString<RemoveFromReturnMutation, RemoveFromReturnMutationVariables>(`
    mutation RemoveFromReturn($returnId: ID!, $lines: [ReturnLineItemRemoveFromReturnInput!]!) {
  removeFromReturn(returnId: $returnId, returnLineItems: $lines) {
    return {
      ...ReturnSummaryFields
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment ReturnSummaryFields on Return {
  id
  name
  status
  totalQuantity
  createdAt
  requestApprovedAt
  closedAt
  order {
    id
    name
  }
}`);
export const ReturnDeliveriesDocument = new TypedDocumentString<ReturnDeliveriesQuery, ReturnDeliveriesQueryVariables>(`
    query ReturnDeliveries($id: ID!) {
  return(id: $id) {
    ...ReturnSummaryFields
    reverseFulfillmentOrders(first: 10) {
      nodes {
        id
        status
        reverseDeliveries(first: 10) {
          nodes {
            id
            deliverable {
              ... on ReverseDeliveryShippingDeliverable {
                tracking {
                  number
                  url
                  carrierName
                }
                label {
                  publicFileUrl
                }
              }
            }
          }
          pageInfo {
            hasNextPage
          }
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
}
    fragment ReturnSummaryFields on Return {
  id
  name
  status
  totalQuantity
  createdAt
  requestApprovedAt
  closedAt
  order {
    id
    name
  }
}`);
export const CreateReverseDeliveryDocument = new TypedDocumentString<CreateReverseDeliveryMutation, CreateReverseDeliveryMutationVariables>(`
    mutation CreateReverseDelivery($reverseFulfillmentOrderId: ID!, $lines: [ReverseDeliveryLineItemInput!]!, $tracking: ReverseDeliveryTrackingInput, $label: ReverseDeliveryLabelInput, $notifyCustomer: Boolean!) {
  reverseDeliveryCreateWithShipping(
    reverseFulfillmentOrderId: $reverseFulfillmentOrderId
    reverseDeliveryLineItems: $lines
    trackingInput: $tracking
    labelInput: $label
    notifyCustomer: $notifyCustomer
  ) {
    reverseDelivery {
      id
    }
    userErrors {
      field
      message
      code
    }
  }
}
    `);
export const UpdateReverseDeliveryDocument = new TypedDocumentString<UpdateReverseDeliveryMutation, UpdateReverseDeliveryMutationVariables>(`
    mutation UpdateReverseDelivery($reverseDeliveryId: ID!, $tracking: ReverseDeliveryTrackingInput, $label: ReverseDeliveryLabelInput, $notifyCustomer: Boolean!) {
  reverseDeliveryShippingUpdate(
    reverseDeliveryId: $reverseDeliveryId
    trackingInput: $tracking
    labelInput: $label
    notifyCustomer: $notifyCustomer
  ) {
    reverseDelivery {
      id
    }
    userErrors {
      field
      message
      code
    }
  }
}
    `);
export const GrantedScopesDocument = new TypedDocumentString<GrantedScopesQuery, GrantedScopesQueryVariables>(`
    query GrantedScopes {
  currentAppInstallation {
    accessScopes {
      handle
    }
  }
}
    `);
export const FindLocationsDocument = new TypedDocumentString<FindLocationsQuery, FindLocationsQueryVariables>(`
    query FindLocations($search: String, $first: Int = 50, $after: String, $includeInactive: Boolean = false) {
  locations(
    query: $search
    first: $first
    after: $after
    includeInactive: $includeInactive
  ) {
    nodes {
      id
      name
      isActive
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `);
export const StatusFieldDefinitionDocument = new TypedDocumentString<StatusFieldDefinitionQuery, StatusFieldDefinitionQueryVariables>(`
    query StatusFieldDefinition($namespace: String!, $key: String!) {
  metafieldDefinitions(
    first: 1
    ownerType: ORDER
    namespace: $namespace
    key: $key
  ) {
    nodes {
      ...StatusFieldParts
    }
  }
}
    fragment StatusFieldParts on MetafieldDefinition {
  id
  name
  pinnedPosition
  type {
    name
  }
}`);
export const CreateStatusFieldDocument = new TypedDocumentString<CreateStatusFieldMutation, CreateStatusFieldMutationVariables>(`
    mutation CreateStatusField($definition: MetafieldDefinitionInput!) {
  metafieldDefinitionCreate(definition: $definition) {
    createdDefinition {
      ...StatusFieldParts
    }
    userErrors {
      code
      message
    }
  }
}
    fragment StatusFieldParts on MetafieldDefinition {
  id
  name
  pinnedPosition
  type {
    name
  }
}`);
export const WebhookSubscriptionsDocument = new TypedDocumentString<WebhookSubscriptionsQuery, WebhookSubscriptionsQueryVariables>(`
    query WebhookSubscriptions($first: Int = 100, $after: String) {
  webhookSubscriptions(first: $first, after: $after) {
    nodes {
      ...WebhookSubscriptionFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment WebhookSubscriptionFields on WebhookSubscription {
  id
  topic
  uri
  filter
  format
  includeFields
}`);
export const CreateWebhookSubscriptionDocument = new TypedDocumentString<CreateWebhookSubscriptionMutation, CreateWebhookSubscriptionMutationVariables>(`
    mutation CreateWebhookSubscription($topic: WebhookSubscriptionTopic!, $subscription: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $subscription) {
    webhookSubscription {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    `);
export const UpdateWebhookSubscriptionDocument = new TypedDocumentString<UpdateWebhookSubscriptionMutation, UpdateWebhookSubscriptionMutationVariables>(`
    mutation UpdateWebhookSubscription($id: ID!, $subscription: WebhookSubscriptionInput!) {
  webhookSubscriptionUpdate(id: $id, webhookSubscription: $subscription) {
    webhookSubscription {
      ...WebhookSubscriptionFields
    }
    userErrors {
      field
      message
    }
  }
}
    fragment WebhookSubscriptionFields on WebhookSubscription {
  id
  topic
  uri
  filter
  format
  includeFields
}`);
export const DeleteWebhookSubscriptionDocument = new TypedDocumentString<DeleteWebhookSubscriptionMutation, DeleteWebhookSubscriptionMutationVariables>(`
    mutation DeleteWebhookSubscription($id: ID!) {
  webhookSubscriptionDelete(id: $id) {
    deletedWebhookSubscriptionId
    userErrors {
      field
      message
    }
  }
}
    `);
export const RecordedActsDocument = new TypedDocumentString<RecordedActsQuery, RecordedActsQueryVariables>(`
    query RecordedActs($orderId: ID!, $namespace: String!, $key: String!) {
  order(id: $orderId) {
    id
    name
    metafield(namespace: $namespace, key: $key) {
      value
      compareDigest
    }
  }
  currentAppInstallation {
    id
  }
}
    `);
export const WriteRecordedActsDocument = new TypedDocumentString<WriteRecordedActsMutation, WriteRecordedActsMutationVariables>(`
    mutation WriteRecordedActs($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) {
    metafields {
      compareDigest
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `);
export const FindVariantsDocument = new TypedDocumentString<FindVariantsQuery, FindVariantsQueryVariables>(`
    query FindVariants($search: String!, $after: String, $first: Int = 25) {
  productVariants(first: $first, after: $after, query: $search) {
    nodes {
      id
      sku
      displayName
      inventoryItem {
        id
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `);
export const ItemOfVariantDocument = new TypedDocumentString<ItemOfVariantQuery, ItemOfVariantQueryVariables>(`
    query ItemOfVariant($id: ID!) {
  productVariant(id: $id) {
    inventoryItem {
      id
    }
  }
}
    `);
export const ItemStockDocument = new TypedDocumentString<ItemStockQuery, ItemStockQueryVariables>(`
    query ItemStock($id: ID!, $locationId: ID!, $names: [String!]!) {
  inventoryItem(id: $id) {
    id
    sku
    tracked
    inventoryLevel(locationId: $locationId) {
      quantities(names: $names) {
        name
        quantity
      }
    }
  }
}
    `);
export const MoveStockDocument = new TypedDocumentString<MoveStockMutation, MoveStockMutationVariables>(`
    mutation MoveStock($input: InventoryMoveQuantitiesInput!, $key: String!) {
  inventoryMoveQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `);
export const ProcessReturnDocument = new TypedDocumentString<ProcessReturnMutation, ProcessReturnMutationVariables>(`
    mutation ProcessReturn($input: ReturnProcessInput!) {
  returnProcess(input: $input) {
    return {
      id
      order {
        ...SettlementState
      }
    }
    userErrors {
      code
      field
      message
    }
  }
}
    fragment SettlementMoney on MoneyBag {
  presentmentMoney {
    amount
    currencyCode
  }
  shopMoney {
    amount
    currencyCode
  }
}
fragment SettlementRefund on Refund {
  id
  createdAt
  note
  return {
    id
  }
  totalRefundedSet {
    ...SettlementMoney
  }
  refundLineItems(first: 7) {
    nodes {
      ...SettlementRefundLine
    }
    pageInfo {
      hasNextPage
    }
  }
  transactions(first: 4) {
    nodes {
      ...SettlementTransaction
    }
    pageInfo {
      hasNextPage
    }
  }
}
fragment SettlementRefundLine on RefundLineItem {
  quantity
  restockType
  lineItem {
    id
  }
  subtotalSet {
    ...SettlementMoney
  }
  totalTaxSet {
    ...SettlementMoney
  }
}
fragment SettlementTransaction on OrderTransaction {
  id
  kind
  status
  gateway
  createdAt
  amountSet {
    ...SettlementMoney
  }
  parentTransaction {
    id
  }
}
fragment SettlementReturn on Return {
  id
  name
  status
  createdAt
  returnShippingFees {
    amountSet {
      ...SettlementMoney
    }
  }
  exchangeLineItems(first: 3) {
    nodes {
      ...SettlementExchangeLine
    }
    pageInfo {
      hasNextPage
    }
  }
  returnLineItems(first: 8) {
    nodes {
      ...SettlementReturnLine
    }
    pageInfo {
      hasNextPage
    }
  }
  reverseFulfillmentOrders(first: 2) {
    nodes {
      id
      lineItems(first: 8) {
        nodes {
          ...SettlementReverseLine
        }
        pageInfo {
          hasNextPage
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
fragment SettlementExchangeLine on ExchangeLineItem {
  id
  processableQuantity
}
fragment SettlementReturnLine on ReturnLineItemType {
  id
  quantity
  refundableQuantity
  refundedQuantity
  processableQuantity
  processedQuantity
  ... on ReturnLineItem {
    restockingFee {
      percentage
    }
    fulfillmentLineItem {
      lineItem {
        id
      }
    }
  }
}
fragment SettlementReverseLine on ReverseFulfillmentOrderLineItem {
  id
  totalQuantity
  fulfillmentLineItem {
    lineItem {
      id
    }
  }
  dispositions {
    id
    type
    quantity
    createdAt
    location {
      id
    }
  }
}
fragment SettlementState on Order {
  id
  refunds(first: 5) {
    ...SettlementRefund
  }
  returns(first: 2, reverse: true) {
    nodes {
      ...SettlementReturn
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`);
export const RefundOrderDocument = new TypedDocumentString<RefundOrderMutation, RefundOrderMutationVariables>(`
    mutation RefundOrder($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) {
    refund {
      id
    }
    order {
      ...SettlementState
    }
    userErrors {
      field
      message
    }
  }
}
    fragment SettlementMoney on MoneyBag {
  presentmentMoney {
    amount
    currencyCode
  }
  shopMoney {
    amount
    currencyCode
  }
}
fragment SettlementRefund on Refund {
  id
  createdAt
  note
  return {
    id
  }
  totalRefundedSet {
    ...SettlementMoney
  }
  refundLineItems(first: 7) {
    nodes {
      ...SettlementRefundLine
    }
    pageInfo {
      hasNextPage
    }
  }
  transactions(first: 4) {
    nodes {
      ...SettlementTransaction
    }
    pageInfo {
      hasNextPage
    }
  }
}
fragment SettlementRefundLine on RefundLineItem {
  quantity
  restockType
  lineItem {
    id
  }
  subtotalSet {
    ...SettlementMoney
  }
  totalTaxSet {
    ...SettlementMoney
  }
}
fragment SettlementTransaction on OrderTransaction {
  id
  kind
  status
  gateway
  createdAt
  amountSet {
    ...SettlementMoney
  }
  parentTransaction {
    id
  }
}
fragment SettlementReturn on Return {
  id
  name
  status
  createdAt
  returnShippingFees {
    amountSet {
      ...SettlementMoney
    }
  }
  exchangeLineItems(first: 3) {
    nodes {
      ...SettlementExchangeLine
    }
    pageInfo {
      hasNextPage
    }
  }
  returnLineItems(first: 8) {
    nodes {
      ...SettlementReturnLine
    }
    pageInfo {
      hasNextPage
    }
  }
  reverseFulfillmentOrders(first: 2) {
    nodes {
      id
      lineItems(first: 8) {
        nodes {
          ...SettlementReverseLine
        }
        pageInfo {
          hasNextPage
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
fragment SettlementExchangeLine on ExchangeLineItem {
  id
  processableQuantity
}
fragment SettlementReturnLine on ReturnLineItemType {
  id
  quantity
  refundableQuantity
  refundedQuantity
  processableQuantity
  processedQuantity
  ... on ReturnLineItem {
    restockingFee {
      percentage
    }
    fulfillmentLineItem {
      lineItem {
        id
      }
    }
  }
}
fragment SettlementReverseLine on ReverseFulfillmentOrderLineItem {
  id
  totalQuantity
  fulfillmentLineItem {
    lineItem {
      id
    }
  }
  dispositions {
    id
    type
    quantity
    createdAt
    location {
      id
    }
  }
}
fragment SettlementState on Order {
  id
  refunds(first: 5) {
    ...SettlementRefund
  }
  returns(first: 2, reverse: true) {
    nodes {
      ...SettlementReturn
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`);
export const DisposeUnitsDocument = new TypedDocumentString<DisposeUnitsMutation, DisposeUnitsMutationVariables>(`
    mutation DisposeUnits($dispositionInputs: [ReverseFulfillmentOrderDisposeInput!]!) {
  reverseFulfillmentOrderDispose(dispositionInputs: $dispositionInputs) {
    reverseFulfillmentOrderLineItems {
      ...SettlementReverseLine
    }
    userErrors {
      code
      field
      message
    }
  }
}
    fragment SettlementReverseLine on ReverseFulfillmentOrderLineItem {
  id
  totalQuantity
  fulfillmentLineItem {
    lineItem {
      id
    }
  }
  dispositions {
    id
    type
    quantity
    createdAt
    location {
      id
    }
  }
}`);
export const SettlementChargesDocument = new TypedDocumentString<SettlementChargesQuery, SettlementChargesQueryVariables>(`
    query SettlementCharges($orderId: ID!) {
  order(id: $orderId) {
    dutiesIncluded
    subtotalPriceSet {
      ...SettlementMoney
    }
    totalTipReceivedSet {
      ...SettlementMoney
    }
    shippingLines(first: 5, includeRemovals: false) {
      nodes {
        discountedPriceSet {
          ...SettlementMoney
        }
        taxLines {
          priceSet {
            ...SettlementMoney
          }
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    lineItems(first: 50) {
      nodes {
        id
        quantity
        requiresShipping
        isGiftCard
        variant {
          id
        }
        originalUnitPriceSet {
          ...SettlementMoney
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    refunds(first: 5) {
      ...SettlementRefundCharges
    }
  }
}
    fragment SettlementRefundCharges on Refund {
  id
  refundShippingLines(first: 5) {
    nodes {
      subtotalAmountSet {
        ...SettlementMoney
      }
      taxAmountSet {
        ...SettlementMoney
      }
    }
    pageInfo {
      hasNextPage
    }
  }
  duties {
    amountSet {
      ...SettlementMoney
    }
    originalDuty {
      id
    }
  }
}
fragment SettlementMoney on MoneyBag {
  presentmentMoney {
    amount
    currencyCode
  }
  shopMoney {
    amount
    currencyCode
  }
}`);
export const SettlementMoreChargesDocument = new TypedDocumentString<SettlementMoreChargesQuery, SettlementMoreChargesQueryVariables>(`
    query SettlementMoreCharges($refundIds: [ID!]!) {
  nodes(ids: $refundIds) {
    ...SettlementRefundCharges
  }
}
    fragment SettlementRefundCharges on Refund {
  id
  refundShippingLines(first: 5) {
    nodes {
      subtotalAmountSet {
        ...SettlementMoney
      }
      taxAmountSet {
        ...SettlementMoney
      }
    }
    pageInfo {
      hasNextPage
    }
  }
  duties {
    amountSet {
      ...SettlementMoney
    }
    originalDuty {
      id
    }
  }
}
fragment SettlementMoney on MoneyBag {
  presentmentMoney {
    amount
    currencyCode
  }
  shopMoney {
    amount
    currencyCode
  }
}`);
export const ClaimForReturnDocument = new TypedDocumentString<ClaimForReturnMutation, ClaimForReturnMutationVariables>(`
    mutation ClaimForReturn($metafields: [MetafieldsSetInput!]!, $returnQuery: String!, $returnLineItems: [SuggestedOutcomeReturnLineItemInput!]!, $exchangeLineItems: [SuggestedOutcomeExchangeLineItemInput!]!, $refundShipping: RefundShippingInput, $refundDuties: [RefundDutyInput!], $tipLineId: ID) {
  metafieldsSet(metafields: $metafields) {
    ...ClaimedOrder
    metafields {
      owner {
        ... on Order {
          asked: returns(first: 1, query: $returnQuery) {
            nodes {
              id
              suggestedFinancialOutcome(
                returnLineItems: $returnLineItems
                exchangeLineItems: $exchangeLineItems
                refundShipping: $refundShipping
                refundDuties: $refundDuties
                tipLineId: $tipLineId
              ) {
                financialTransfer {
                  __typename
                  ... on RefundReturnOutcome {
                    amount {
                      ...SettlementMoney
                    }
                    suggestedTransactions {
                      ...SettlementTender
                    }
                  }
                  ... on InvoiceReturnOutcome {
                    amount {
                      ...SettlementMoney
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
    fragment ClaimedOrder on MetafieldsSetPayload {
  metafields {
    compareDigest
    owner {
      ... on Order {
        ...SettlementState
      }
    }
  }
  userErrors {
    code
    field
    message
  }
}
fragment SettlementTender on SuggestedOrderTransaction {
  gateway
  amountSet {
    ...SettlementMoney
  }
  maximumRefundableSet {
    ...SettlementMoney
  }
  parentTransaction {
    id
  }
}
fragment SettlementMoney on MoneyBag {
  presentmentMoney {
    amount
    currencyCode
  }
  shopMoney {
    amount
    currencyCode
  }
}
fragment SettlementRefund on Refund {
  id
  createdAt
  note
  return {
    id
  }
  totalRefundedSet {
    ...SettlementMoney
  }
  refundLineItems(first: 7) {
    nodes {
      ...SettlementRefundLine
    }
    pageInfo {
      hasNextPage
    }
  }
  transactions(first: 4) {
    nodes {
      ...SettlementTransaction
    }
    pageInfo {
      hasNextPage
    }
  }
}
fragment SettlementRefundLine on RefundLineItem {
  quantity
  restockType
  lineItem {
    id
  }
  subtotalSet {
    ...SettlementMoney
  }
  totalTaxSet {
    ...SettlementMoney
  }
}
fragment SettlementTransaction on OrderTransaction {
  id
  kind
  status
  gateway
  createdAt
  amountSet {
    ...SettlementMoney
  }
  parentTransaction {
    id
  }
}
fragment SettlementReturn on Return {
  id
  name
  status
  createdAt
  returnShippingFees {
    amountSet {
      ...SettlementMoney
    }
  }
  exchangeLineItems(first: 3) {
    nodes {
      ...SettlementExchangeLine
    }
    pageInfo {
      hasNextPage
    }
  }
  returnLineItems(first: 8) {
    nodes {
      ...SettlementReturnLine
    }
    pageInfo {
      hasNextPage
    }
  }
  reverseFulfillmentOrders(first: 2) {
    nodes {
      id
      lineItems(first: 8) {
        nodes {
          ...SettlementReverseLine
        }
        pageInfo {
          hasNextPage
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
fragment SettlementExchangeLine on ExchangeLineItem {
  id
  processableQuantity
}
fragment SettlementReturnLine on ReturnLineItemType {
  id
  quantity
  refundableQuantity
  refundedQuantity
  processableQuantity
  processedQuantity
  ... on ReturnLineItem {
    restockingFee {
      percentage
    }
    fulfillmentLineItem {
      lineItem {
        id
      }
    }
  }
}
fragment SettlementReverseLine on ReverseFulfillmentOrderLineItem {
  id
  totalQuantity
  fulfillmentLineItem {
    lineItem {
      id
    }
  }
  dispositions {
    id
    type
    quantity
    createdAt
    location {
      id
    }
  }
}
fragment SettlementState on Order {
  id
  refunds(first: 5) {
    ...SettlementRefund
  }
  returns(first: 2, reverse: true) {
    nodes {
      ...SettlementReturn
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`);
export const ClaimForOrderDocument = new TypedDocumentString<ClaimForOrderMutation, ClaimForOrderMutationVariables>(`
    mutation ClaimForOrder($metafields: [MetafieldsSetInput!]!, $refundLineItems: [RefundLineItemInput!]!, $shippingAmount: Money, $refundDuties: [RefundDutyInput!]) {
  metafieldsSet(metafields: $metafields) {
    ...ClaimedOrder
    metafields {
      owner {
        ... on Order {
          suggestedRefund(
            refundLineItems: $refundLineItems
            shippingAmount: $shippingAmount
            refundDuties: $refundDuties
          ) {
            amountSet {
              ...SettlementMoney
            }
            suggestedTransactions {
              ...SettlementTender
            }
          }
        }
      }
    }
  }
}
    fragment ClaimedOrder on MetafieldsSetPayload {
  metafields {
    compareDigest
    owner {
      ... on Order {
        ...SettlementState
      }
    }
  }
  userErrors {
    code
    field
    message
  }
}
fragment SettlementTender on SuggestedOrderTransaction {
  gateway
  amountSet {
    ...SettlementMoney
  }
  maximumRefundableSet {
    ...SettlementMoney
  }
  parentTransaction {
    id
  }
}
fragment SettlementMoney on MoneyBag {
  presentmentMoney {
    amount
    currencyCode
  }
  shopMoney {
    amount
    currencyCode
  }
}
fragment SettlementRefund on Refund {
  id
  createdAt
  note
  return {
    id
  }
  totalRefundedSet {
    ...SettlementMoney
  }
  refundLineItems(first: 7) {
    nodes {
      ...SettlementRefundLine
    }
    pageInfo {
      hasNextPage
    }
  }
  transactions(first: 4) {
    nodes {
      ...SettlementTransaction
    }
    pageInfo {
      hasNextPage
    }
  }
}
fragment SettlementRefundLine on RefundLineItem {
  quantity
  restockType
  lineItem {
    id
  }
  subtotalSet {
    ...SettlementMoney
  }
  totalTaxSet {
    ...SettlementMoney
  }
}
fragment SettlementTransaction on OrderTransaction {
  id
  kind
  status
  gateway
  createdAt
  amountSet {
    ...SettlementMoney
  }
  parentTransaction {
    id
  }
}
fragment SettlementReturn on Return {
  id
  name
  status
  createdAt
  returnShippingFees {
    amountSet {
      ...SettlementMoney
    }
  }
  exchangeLineItems(first: 3) {
    nodes {
      ...SettlementExchangeLine
    }
    pageInfo {
      hasNextPage
    }
  }
  returnLineItems(first: 8) {
    nodes {
      ...SettlementReturnLine
    }
    pageInfo {
      hasNextPage
    }
  }
  reverseFulfillmentOrders(first: 2) {
    nodes {
      id
      lineItems(first: 8) {
        nodes {
          ...SettlementReverseLine
        }
        pageInfo {
          hasNextPage
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
fragment SettlementExchangeLine on ExchangeLineItem {
  id
  processableQuantity
}
fragment SettlementReturnLine on ReturnLineItemType {
  id
  quantity
  refundableQuantity
  refundedQuantity
  processableQuantity
  processedQuantity
  ... on ReturnLineItem {
    restockingFee {
      percentage
    }
    fulfillmentLineItem {
      lineItem {
        id
      }
    }
  }
}
fragment SettlementReverseLine on ReverseFulfillmentOrderLineItem {
  id
  totalQuantity
  fulfillmentLineItem {
    lineItem {
      id
    }
  }
  dispositions {
    id
    type
    quantity
    createdAt
    location {
      id
    }
  }
}
fragment SettlementState on Order {
  id
  refunds(first: 5) {
    ...SettlementRefund
  }
  returns(first: 2, reverse: true) {
    nodes {
      ...SettlementReturn
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`);
export const ClaimForStockDocument = new TypedDocumentString<ClaimForStockMutation, ClaimForStockMutationVariables>(`
    mutation ClaimForStock($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) {
    ...ClaimedOrder
  }
}
    fragment ClaimedOrder on MetafieldsSetPayload {
  metafields {
    compareDigest
    owner {
      ... on Order {
        ...SettlementState
      }
    }
  }
  userErrors {
    code
    field
    message
  }
}
fragment SettlementMoney on MoneyBag {
  presentmentMoney {
    amount
    currencyCode
  }
  shopMoney {
    amount
    currencyCode
  }
}
fragment SettlementRefund on Refund {
  id
  createdAt
  note
  return {
    id
  }
  totalRefundedSet {
    ...SettlementMoney
  }
  refundLineItems(first: 7) {
    nodes {
      ...SettlementRefundLine
    }
    pageInfo {
      hasNextPage
    }
  }
  transactions(first: 4) {
    nodes {
      ...SettlementTransaction
    }
    pageInfo {
      hasNextPage
    }
  }
}
fragment SettlementRefundLine on RefundLineItem {
  quantity
  restockType
  lineItem {
    id
  }
  subtotalSet {
    ...SettlementMoney
  }
  totalTaxSet {
    ...SettlementMoney
  }
}
fragment SettlementTransaction on OrderTransaction {
  id
  kind
  status
  gateway
  createdAt
  amountSet {
    ...SettlementMoney
  }
  parentTransaction {
    id
  }
}
fragment SettlementReturn on Return {
  id
  name
  status
  createdAt
  returnShippingFees {
    amountSet {
      ...SettlementMoney
    }
  }
  exchangeLineItems(first: 3) {
    nodes {
      ...SettlementExchangeLine
    }
    pageInfo {
      hasNextPage
    }
  }
  returnLineItems(first: 8) {
    nodes {
      ...SettlementReturnLine
    }
    pageInfo {
      hasNextPage
    }
  }
  reverseFulfillmentOrders(first: 2) {
    nodes {
      id
      lineItems(first: 8) {
        nodes {
          ...SettlementReverseLine
        }
        pageInfo {
          hasNextPage
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
fragment SettlementExchangeLine on ExchangeLineItem {
  id
  processableQuantity
}
fragment SettlementReturnLine on ReturnLineItemType {
  id
  quantity
  refundableQuantity
  refundedQuantity
  processableQuantity
  processedQuantity
  ... on ReturnLineItem {
    restockingFee {
      percentage
    }
    fulfillmentLineItem {
      lineItem {
        id
      }
    }
  }
}
fragment SettlementReverseLine on ReverseFulfillmentOrderLineItem {
  id
  totalQuantity
  fulfillmentLineItem {
    lineItem {
      id
    }
  }
  dispositions {
    id
    type
    quantity
    createdAt
    location {
      id
    }
  }
}
fragment SettlementState on Order {
  id
  refunds(first: 5) {
    ...SettlementRefund
  }
  returns(first: 2, reverse: true) {
    nodes {
      ...SettlementReturn
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`);
export const ClaimExchangeDocument = new TypedDocumentString<ClaimExchangeMutation, ClaimExchangeMutationVariables>(`
    mutation ClaimExchange($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) {
    metafields {
      compareDigest
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `);
export const CreditOwnerDocument = new TypedDocumentString<CreditOwnerQuery, CreditOwnerQueryVariables>(`
    query CreditOwner($orderId: ID!) {
  order(id: $orderId) {
    customer {
      id
    }
  }
  storeCreditConfiguration {
    storeCreditEnabled
  }
}
    `);
export const CreditAccountsDocument = new TypedDocumentString<CreditAccountsQuery, CreditAccountsQueryVariables>(`
    query CreditAccounts($orderId: ID!) {
  order(id: $orderId) {
    customer {
      id
      storeCreditAccounts(first: 5) {
        nodes {
          id
          balance {
            currencyCode
          }
          transactions(first: 20, reverse: true) {
            nodes {
              __typename
              ... on StoreCreditAccountCreditTransaction {
                id
                event
                createdAt
                expiresAt
                amount {
                  amount
                  currencyCode
                }
              }
            }
          }
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  }
  storeCreditConfiguration {
    storeCreditEnabled
  }
}
    `);
export const CreditGiftCardsDocument = new TypedDocumentString<CreditGiftCardsQuery, CreditGiftCardsQueryVariables>(`
    query CreditGiftCards($orderId: ID!, $ofCustomer: String!, $hasClaim: Boolean!) {
  order(id: $orderId) {
    customer {
      id
    }
  }
  newest: giftCards(first: 20, reverse: true) {
    nodes {
      ...SettlementGiftCard
    }
  }
  claimed: giftCards(first: 20, reverse: true, query: $ofCustomer) @include(if: $hasClaim) {
    nodes {
      ...SettlementGiftCard
    }
  }
}
    fragment SettlementGiftCard on GiftCard {
  id
  note
  lastCharacters
  createdAt
  initialValue {
    amount
    currencyCode
  }
  customer {
    id
  }
}`);
export const CreditAccountDocument = new TypedDocumentString<CreditAccountMutation, CreditAccountMutationVariables>(`
    mutation CreditAccount($customerId: ID!, $creditInput: StoreCreditAccountCreditInput!) {
  storeCreditAccountCredit(id: $customerId, creditInput: $creditInput) {
    storeCreditAccountTransaction {
      id
      event
      createdAt
      expiresAt
      amount {
        amount
        currencyCode
      }
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `);
export const CreateGiftCardDocument = new TypedDocumentString<CreateGiftCardMutation, CreateGiftCardMutationVariables>(`
    mutation CreateGiftCard($input: GiftCardCreateInput!) {
  giftCardCreate(input: $input) {
    giftCard {
      ...SettlementGiftCard
    }
    userErrors {
      code
      field
      message
    }
  }
}
    fragment SettlementGiftCard on GiftCard {
  id
  note
  lastCharacters
  createdAt
  initialValue {
    amount
    currencyCode
  }
  customer {
    id
  }
}`);
export const SendGiftCardToCustomerDocument = new TypedDocumentString<SendGiftCardToCustomerMutation, SendGiftCardToCustomerMutationVariables>(`
    mutation SendGiftCardToCustomer($id: ID!) {
  giftCardSendNotificationToCustomer(id: $id) {
    giftCard {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `);
export const SendGiftCardToRecipientDocument = new TypedDocumentString<SendGiftCardToRecipientMutation, SendGiftCardToRecipientMutationVariables>(`
    mutation SendGiftCardToRecipient($id: ID!) {
  giftCardSendNotificationToRecipient(id: $id) {
    giftCard {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `);
export const RecordSettlementDocument = new TypedDocumentString<RecordSettlementMutation, RecordSettlementMutationVariables>(`
    mutation RecordSettlement($orderId: ID!, $metafields: [MetafieldsSetInput!]!, $addTags: [String!]!, $hasTagsToAdd: Boolean!, $removeTags: [String!]!, $hasTagsToRemove: Boolean!) {
  metafieldsSet(metafields: $metafields) {
    metafields {
      key
      compareDigest
    }
    userErrors {
      code
      field
      message
    }
  }
  tagsAdd(id: $orderId, tags: $addTags) @include(if: $hasTagsToAdd) {
    userErrors {
      field
      message
    }
  }
  tagsRemove(id: $orderId, tags: $removeTags) @include(if: $hasTagsToRemove) {
    userErrors {
      field
      message
    }
  }
}
    `);
export const ReleaseClaimDocument = new TypedDocumentString<ReleaseClaimMutation, ReleaseClaimMutationVariables>(`
    mutation ReleaseClaim($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) {
    metafields {
      key
      compareDigest
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `);
export const SettlementRefundsDocument = new TypedDocumentString<SettlementRefundsQuery, SettlementRefundsQueryVariables>(`
    query SettlementRefunds($orderId: ID!, $refundIds: [ID!]!) {
  order(id: $orderId) {
    ...SettlementMark
  }
  nodes(ids: $refundIds) {
    ...SettlementRefund
  }
}
    fragment SettlementMark on Order {
  everyRefund: refunds(first: 51) {
    id
  }
  everyReturn: returns(first: 21, reverse: true) {
    nodes {
      id
      status
    }
  }
}
fragment SettlementMoney on MoneyBag {
  presentmentMoney {
    amount
    currencyCode
  }
  shopMoney {
    amount
    currencyCode
  }
}
fragment SettlementRefund on Refund {
  id
  createdAt
  note
  return {
    id
  }
  totalRefundedSet {
    ...SettlementMoney
  }
  refundLineItems(first: 7) {
    nodes {
      ...SettlementRefundLine
    }
    pageInfo {
      hasNextPage
    }
  }
  transactions(first: 4) {
    nodes {
      ...SettlementTransaction
    }
    pageInfo {
      hasNextPage
    }
  }
}
fragment SettlementRefundLine on RefundLineItem {
  quantity
  restockType
  lineItem {
    id
  }
  subtotalSet {
    ...SettlementMoney
  }
  totalTaxSet {
    ...SettlementMoney
  }
}
fragment SettlementTransaction on OrderTransaction {
  id
  kind
  status
  gateway
  createdAt
  amountSet {
    ...SettlementMoney
  }
  parentTransaction {
    id
  }
}`);
export const SettlementReturnsDocument = new TypedDocumentString<SettlementReturnsQuery, SettlementReturnsQueryVariables>(`
    query SettlementReturns($orderId: ID!, $after: String) {
  order(id: $orderId) {
    ...SettlementMark
    returns(first: 5, reverse: true, after: $after) {
      nodes {
        ...SettlementReturn
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment SettlementMark on Order {
  everyRefund: refunds(first: 51) {
    id
  }
  everyReturn: returns(first: 21, reverse: true) {
    nodes {
      id
      status
    }
  }
}
fragment SettlementMoney on MoneyBag {
  presentmentMoney {
    amount
    currencyCode
  }
  shopMoney {
    amount
    currencyCode
  }
}
fragment SettlementReturn on Return {
  id
  name
  status
  createdAt
  returnShippingFees {
    amountSet {
      ...SettlementMoney
    }
  }
  exchangeLineItems(first: 3) {
    nodes {
      ...SettlementExchangeLine
    }
    pageInfo {
      hasNextPage
    }
  }
  returnLineItems(first: 8) {
    nodes {
      ...SettlementReturnLine
    }
    pageInfo {
      hasNextPage
    }
  }
  reverseFulfillmentOrders(first: 2) {
    nodes {
      id
      lineItems(first: 8) {
        nodes {
          ...SettlementReverseLine
        }
        pageInfo {
          hasNextPage
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
fragment SettlementExchangeLine on ExchangeLineItem {
  id
  processableQuantity
}
fragment SettlementReturnLine on ReturnLineItemType {
  id
  quantity
  refundableQuantity
  refundedQuantity
  processableQuantity
  processedQuantity
  ... on ReturnLineItem {
    restockingFee {
      percentage
    }
    fulfillmentLineItem {
      lineItem {
        id
      }
    }
  }
}
fragment SettlementReverseLine on ReverseFulfillmentOrderLineItem {
  id
  totalQuantity
  fulfillmentLineItem {
    lineItem {
      id
    }
  }
  dispositions {
    id
    type
    quantity
    createdAt
    location {
      id
    }
  }
}`);
export const SettlementRestDocument = new TypedDocumentString<SettlementRestQuery, SettlementRestQueryVariables>(`
    query SettlementRest($orderId: ID!, $refundId: ID!, $hasRefund: Boolean!, $refundLinesAfter: String, $transactionsAfter: String, $returnId: ID!, $hasReturn: Boolean!, $returnLinesAfter: String, $exchangeLinesAfter: String, $reverseOrdersAfter: String) {
  order(id: $orderId) {
    ...SettlementMark
  }
  refund(id: $refundId) @include(if: $hasRefund) {
    refundLineItems(first: 40, after: $refundLinesAfter) {
      nodes {
        ...SettlementRefundLine
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    transactions(first: 10, after: $transactionsAfter) {
      nodes {
        ...SettlementTransaction
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  return(id: $returnId) @include(if: $hasReturn) {
    exchangeLineItems(first: 10, after: $exchangeLinesAfter) {
      nodes {
        ...SettlementExchangeLine
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    returnLineItems(first: 30, after: $returnLinesAfter) {
      nodes {
        ...SettlementReturnLine
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    reverseFulfillmentOrders(first: 3, after: $reverseOrdersAfter) {
      nodes {
        id
        lineItems(first: 20) {
          nodes {
            ...SettlementReverseLine
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment SettlementMark on Order {
  everyRefund: refunds(first: 51) {
    id
  }
  everyReturn: returns(first: 21, reverse: true) {
    nodes {
      id
      status
    }
  }
}
fragment SettlementMoney on MoneyBag {
  presentmentMoney {
    amount
    currencyCode
  }
  shopMoney {
    amount
    currencyCode
  }
}
fragment SettlementRefundLine on RefundLineItem {
  quantity
  restockType
  lineItem {
    id
  }
  subtotalSet {
    ...SettlementMoney
  }
  totalTaxSet {
    ...SettlementMoney
  }
}
fragment SettlementTransaction on OrderTransaction {
  id
  kind
  status
  gateway
  createdAt
  amountSet {
    ...SettlementMoney
  }
  parentTransaction {
    id
  }
}
fragment SettlementExchangeLine on ExchangeLineItem {
  id
  processableQuantity
}
fragment SettlementReturnLine on ReturnLineItemType {
  id
  quantity
  refundableQuantity
  refundedQuantity
  processableQuantity
  processedQuantity
  ... on ReturnLineItem {
    restockingFee {
      percentage
    }
    fulfillmentLineItem {
      lineItem {
        id
      }
    }
  }
}
fragment SettlementReverseLine on ReverseFulfillmentOrderLineItem {
  id
  totalQuantity
  fulfillmentLineItem {
    lineItem {
      id
    }
  }
  dispositions {
    id
    type
    quantity
    createdAt
    location {
      id
    }
  }
}`);
export const SettlementReverseLinesDocument = new TypedDocumentString<SettlementReverseLinesQuery, SettlementReverseLinesQueryVariables>(`
    query SettlementReverseLines($orderId: ID!, $reverseOrderId: ID!, $after: String) {
  order(id: $orderId) {
    ...SettlementMark
  }
  reverseFulfillmentOrder(id: $reverseOrderId) {
    lineItems(first: 100, after: $after) {
      nodes {
        ...SettlementReverseLine
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment SettlementMark on Order {
  everyRefund: refunds(first: 51) {
    id
  }
  everyReturn: returns(first: 21, reverse: true) {
    nodes {
      id
      status
    }
  }
}
fragment SettlementReverseLine on ReverseFulfillmentOrderLineItem {
  id
  totalQuantity
  fulfillmentLineItem {
    lineItem {
      id
    }
  }
  dispositions {
    id
    type
    quantity
    createdAt
    location {
      id
    }
  }
}`);
export const SettlementTransactionsDocument = new TypedDocumentString<SettlementTransactionsQuery, SettlementTransactionsQueryVariables>(`
    query SettlementTransactions($orderId: ID!) {
  order(id: $orderId) {
    transactions(first: 101) {
      ...SettlementTransaction
      manualPaymentGateway
    }
  }
}
    fragment SettlementMoney on MoneyBag {
  presentmentMoney {
    amount
    currencyCode
  }
  shopMoney {
    amount
    currencyCode
  }
}
fragment SettlementTransaction on OrderTransaction {
  id
  kind
  status
  gateway
  createdAt
  amountSet {
    ...SettlementMoney
  }
  parentTransaction {
    id
  }
}`);
export const SettlementOrderLinesDocument = new TypedDocumentString<SettlementOrderLinesQuery, SettlementOrderLinesQueryVariables>(`
    query SettlementOrderLines($orderId: ID!, $after: String) {
  order(id: $orderId) {
    lineItems(first: 250, after: $after) {
      nodes {
        id
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `);
export const SettlementSnapshotDocument = new TypedDocumentString<SettlementSnapshotQuery, SettlementSnapshotQueryVariables>(`
    query SettlementSnapshot($orderId: ID!, $lineItemIds: [ID!]!, $locationIds: [ID!]!) {
  order(id: $orderId) {
    ...SettlementState
    name
    createdAt
    cancelledAt
    currencyCode
    presentmentCurrencyCode
    taxesIncluded
    tags
    netPaymentSet {
      ...SettlementMoney
    }
    transactions(first: 10) {
      ...SettlementTransaction
      manualPaymentGateway
    }
    lineItems(first: 50) {
      nodes {
        id
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    metafield(namespace: "return_settlement", key: "ledger") {
      value
      compareDigest
    }
    statusField: metafield(namespace: "return_settlement", key: "status") {
      value
      compareDigest
    }
  }
  nodes(ids: $lineItemIds) {
    ...SettlementLine
  }
  places: nodes(ids: $locationIds) {
    ... on Location {
      id
      name
      isActive
    }
  }
  currentAppInstallation {
    id
  }
}
    fragment SettlementLine on LineItem {
  id
  title
  sku
  quantity
  refundableQuantity
  unfulfilledQuantity
  isGiftCard
  lineItemGroup {
    id
  }
  variant {
    id
    requiresComponents
    inventoryItem {
      id
      tracked
    }
  }
  originalUnitPriceSet {
    ...SettlementMoney
  }
  discountAllocations {
    allocatedAmountSet {
      ...SettlementMoney
    }
  }
  taxLines(first: 5) {
    title
    priceSet {
      ...SettlementMoney
    }
  }
  duties {
    id
    price {
      ...SettlementMoney
    }
    taxLines {
      priceSet {
        ...SettlementMoney
      }
    }
  }
}
fragment SettlementMoney on MoneyBag {
  presentmentMoney {
    amount
    currencyCode
  }
  shopMoney {
    amount
    currencyCode
  }
}
fragment SettlementRefund on Refund {
  id
  createdAt
  note
  return {
    id
  }
  totalRefundedSet {
    ...SettlementMoney
  }
  refundLineItems(first: 7) {
    nodes {
      ...SettlementRefundLine
    }
    pageInfo {
      hasNextPage
    }
  }
  transactions(first: 4) {
    nodes {
      ...SettlementTransaction
    }
    pageInfo {
      hasNextPage
    }
  }
}
fragment SettlementRefundLine on RefundLineItem {
  quantity
  restockType
  lineItem {
    id
  }
  subtotalSet {
    ...SettlementMoney
  }
  totalTaxSet {
    ...SettlementMoney
  }
}
fragment SettlementTransaction on OrderTransaction {
  id
  kind
  status
  gateway
  createdAt
  amountSet {
    ...SettlementMoney
  }
  parentTransaction {
    id
  }
}
fragment SettlementReturn on Return {
  id
  name
  status
  createdAt
  returnShippingFees {
    amountSet {
      ...SettlementMoney
    }
  }
  exchangeLineItems(first: 3) {
    nodes {
      ...SettlementExchangeLine
    }
    pageInfo {
      hasNextPage
    }
  }
  returnLineItems(first: 8) {
    nodes {
      ...SettlementReturnLine
    }
    pageInfo {
      hasNextPage
    }
  }
  reverseFulfillmentOrders(first: 2) {
    nodes {
      id
      lineItems(first: 8) {
        nodes {
          ...SettlementReverseLine
        }
        pageInfo {
          hasNextPage
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
fragment SettlementExchangeLine on ExchangeLineItem {
  id
  processableQuantity
}
fragment SettlementReturnLine on ReturnLineItemType {
  id
  quantity
  refundableQuantity
  refundedQuantity
  processableQuantity
  processedQuantity
  ... on ReturnLineItem {
    restockingFee {
      percentage
    }
    fulfillmentLineItem {
      lineItem {
        id
      }
    }
  }
}
fragment SettlementReverseLine on ReverseFulfillmentOrderLineItem {
  id
  totalQuantity
  fulfillmentLineItem {
    lineItem {
      id
    }
  }
  dispositions {
    id
    type
    quantity
    createdAt
    location {
      id
    }
  }
}
fragment SettlementState on Order {
  id
  refunds(first: 5) {
    ...SettlementRefund
  }
  returns(first: 2, reverse: true) {
    nodes {
      ...SettlementReturn
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`);
export const SettlementLinesDocument = new TypedDocumentString<SettlementLinesQuery, SettlementLinesQueryVariables>(`
    query SettlementLines($lineItemIds: [ID!]!) {
  nodes(ids: $lineItemIds) {
    ...SettlementLine
  }
}
    fragment SettlementLine on LineItem {
  id
  title
  sku
  quantity
  refundableQuantity
  unfulfilledQuantity
  isGiftCard
  lineItemGroup {
    id
  }
  variant {
    id
    requiresComponents
    inventoryItem {
      id
      tracked
    }
  }
  originalUnitPriceSet {
    ...SettlementMoney
  }
  discountAllocations {
    allocatedAmountSet {
      ...SettlementMoney
    }
  }
  taxLines(first: 5) {
    title
    priceSet {
      ...SettlementMoney
    }
  }
  duties {
    id
    price {
      ...SettlementMoney
    }
    taxLines {
      priceSet {
        ...SettlementMoney
      }
    }
  }
}
fragment SettlementMoney on MoneyBag {
  presentmentMoney {
    amount
    currencyCode
  }
  shopMoney {
    amount
    currencyCode
  }
}`);
export const BundleParentsDocument = new TypedDocumentString<BundleParentsQuery, BundleParentsQueryVariables>(`
    query BundleParents($variantIds: [ID!]!, $hasMetafield: Boolean!, $namespace: String!, $key: String!, $components: Int = 30) {
  nodes(ids: $variantIds) {
    ... on ProductVariant {
      id
      requiresComponents
      metafield(namespace: $namespace, key: $key) @include(if: $hasMetafield) {
        value
      }
      productVariantComponents(first: $components) {
        nodes {
          quantity
          productVariant {
            ...StockVariant
          }
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  }
}
    fragment StockVariant on ProductVariant {
  id
  sku
  displayName
  price
  requiresComponents
  inventoryItem {
    id
    tracked
  }
}`);
export const BundleComponentsDocument = new TypedDocumentString<BundleComponentsQuery, BundleComponentsQueryVariables>(`
    query BundleComponents($variantIds: [ID!]!, $hasSkus: Boolean!, $search: String!, $after: String, $first: Int = 100) {
  nodes(ids: $variantIds) {
    ...StockVariant
  }
  productVariants(first: $first, after: $after, query: $search) @include(if: $hasSkus) {
    nodes {
      ...StockVariant
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment StockVariant on ProductVariant {
  id
  sku
  displayName
  price
  requiresComponents
  inventoryItem {
    id
    tracked
  }
}`);
export const AdjustStockDocument = new TypedDocumentString<AdjustStockMutation, AdjustStockMutationVariables>(`
    mutation AdjustStock($input: InventoryAdjustQuantitiesInput!, $key: String!) {
  inventoryAdjustQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup {
      id
      changes {
        name
        delta
        item {
          id
        }
        location {
          id
        }
      }
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `);
export const OrderCustomerCreditDocument = new TypedDocumentString<OrderCustomerCreditQuery, OrderCustomerCreditQueryVariables>(`
    query OrderCustomerCredit($orderId: ID!) {
  order(id: $orderId) {
    customer {
      ...CustomerCreditFields
    }
  }
}
    fragment CustomerCreditFields on Customer {
  id
  storeCreditAccounts(first: 10) {
    nodes {
      id
      balance {
        amount
        currencyCode
      }
      transactions(first: 30, reverse: true) {
        nodes {
          __typename
          createdAt
          event
          amount {
            amount
            currencyCode
          }
          balanceAfterTransaction {
            amount
            currencyCode
          }
          ... on StoreCreditAccountDebitTransaction {
            id
          }
          ... on StoreCreditAccountCreditTransaction {
            id
            expiresAt
          }
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}`);
export const CustomerCreditDocument = new TypedDocumentString<CustomerCreditQuery, CustomerCreditQueryVariables>(`
    query CustomerCredit($id: ID!) {
  customer(id: $id) {
    ...CustomerCreditFields
  }
}
    fragment CustomerCreditFields on Customer {
  id
  storeCreditAccounts(first: 10) {
    nodes {
      id
      balance {
        amount
        currencyCode
      }
      transactions(first: 30, reverse: true) {
        nodes {
          __typename
          createdAt
          event
          amount {
            amount
            currencyCode
          }
          balanceAfterTransaction {
            amount
            currencyCode
          }
          ... on StoreCreditAccountDebitTransaction {
            id
          }
          ... on StoreCreditAccountCreditTransaction {
            id
            expiresAt
          }
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}`);
export const DebitCreditAccountDocument = new TypedDocumentString<DebitCreditAccountMutation, DebitCreditAccountMutationVariables>(`
    mutation DebitCreditAccount($id: ID!, $amount: MoneyInput!) {
  storeCreditAccountDebit(id: $id, debitInput: {debitAmount: $amount}) {
    storeCreditAccountTransaction {
      id
      amount {
        amount
        currencyCode
      }
      balanceAfterTransaction {
        amount
        currencyCode
      }
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `);
export const GiftCardByIdDocument = new TypedDocumentString<GiftCardByIdQuery, GiftCardByIdQueryVariables>(`
    query GiftCardById($id: ID!) {
  giftCard(id: $id) {
    ...GiftCardFields
  }
}
    fragment GiftCardFields on GiftCard {
  id
  lastCharacters
  note
  createdAt
  deactivatedAt
  enabled
  expiresOn
  initialValue {
    amount
    currencyCode
  }
  balance {
    amount
    currencyCode
  }
}`);
export const FindGiftCardsDocument = new TypedDocumentString<FindGiftCardsQuery, FindGiftCardsQueryVariables>(`
    query FindGiftCards($after: String, $first: Int = 50) {
  giftCards(first: $first, after: $after, reverse: true) {
    nodes {
      ...GiftCardFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment GiftCardFields on GiftCard {
  id
  lastCharacters
  note
  createdAt
  deactivatedAt
  enabled
  expiresOn
  initialValue {
    amount
    currencyCode
  }
  balance {
    amount
    currencyCode
  }
}`);
export const DeactivateGiftCardDocument = new TypedDocumentString<DeactivateGiftCardMutation, DeactivateGiftCardMutationVariables>(`
    mutation DeactivateGiftCard($id: ID!) {
  giftCardDeactivate(id: $id) {
    giftCard {
      ...GiftCardFields
    }
    userErrors {
      code
      field
      message
    }
  }
}
    fragment GiftCardFields on GiftCard {
  id
  lastCharacters
  note
  createdAt
  deactivatedAt
  enabled
  expiresOn
  initialValue {
    amount
    currencyCode
  }
  balance {
    amount
    currencyCode
  }
}`);
