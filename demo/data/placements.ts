/** A storefront department and category, in the source's words. */
interface Placement {
  department: string;
  category: string;
}

/**
 * Shelves for items that the source files under a department or category they do not belong to, or under
 * none. Keys are `department > category`, or `department > category > type` where that is needed.
 */
export const placements: Record<string, Placement> = {
  'AUTOMOTIVE > COUPON': { department: 'DRUG GM', category: 'GREETING CARDS/WRAP/PARTY SPLY' },
  'CHEF SHOPPE >  > APPLES WEDGE/SLICES': { department: 'PRODUCE', category: 'VALUE ADDED FRUIT' },
  'CHEF SHOPPE >  > INSTORE CUT VEGETABLES': { department: 'PRODUCE', category: 'VALUE ADDED VEGETABLES' },
  'COSMETICS > COUPON/MISC ITEMS': { department: 'COSMETICS', category: 'BATH' },
  'COSMETICS > MAKEUP AND TREATMENT > MISC. FIRST AID PRODUCTS': {
    department: 'DRUG GM',
    category: 'FIRST AID PRODUCTS',
  },
  'DRUG GM > ANALGESICS > NASAL SPRAY AND DROPS': { department: 'DRUG GM', category: 'SINUS AND ALLERGY' },
  'DRUG GM > BABY FOODS': { department: 'BABY', category: 'BABY FOODS' },
  'DRUG GM > BABY HBC': { department: 'BABY', category: 'BABY HBC' },
  'DRUG GM > CANDY - CHECKLANE': { department: 'GROCERY', category: 'CANDY - CHECKLANE' },
  'DRUG GM > CANDY - PACKAGED': { department: 'GROCERY', category: 'CANDY - PACKAGED' },
  'DRUG GM > COFFEE FILTERS > BASIC OPENSTOCK': { department: 'DRUG GM', category: 'KITCHEN GADGETS' },
  'DRUG GM > DEODORANTS > ANTI-ACIDS': { department: 'DRUG GM', category: 'ANTACIDS' },
  'DRUG GM > DIAPERS & DISPOSABLES': { department: 'BABY', category: 'DIAPERS & DISPOSABLES' },
  'DRUG GM > DOMESTIC GOODS > CANDY BARS (SINGLES)(INCLUDING': {
    department: 'GROCERY',
    category: 'CANDY - PACKAGED',
  },
  'DRUG GM > DOMESTIC GOODS > NOVELTY CANDY': { department: 'GROCERY', category: 'CANDY - PACKAGED' },
  'DRUG GM > DOMESTIC GOODS > SEASONAL CANDY BAGS-CHOCOLATE': {
    department: 'GROCERY',
    category: 'CANDY - PACKAGED',
  },
  'DRUG GM > INFANT CARE PRODUCTS': { department: 'BABY', category: 'INFANT CARE PRODUCTS' },
  'DRUG GM > INFANT FORMULA': { department: 'BABY', category: 'INFANT FORMULA' },
  'DRUG GM > ORAL HYGIENE PRODUCTS > CANDY BARS (SINGLES)(INCLUDING': {
    department: 'GROCERY',
    category: 'CANDY - CHECKLANE',
  },
  'DRUG GM > ORAL HYGIENE PRODUCTS > MISC. FIRST AID PRODUCTS': {
    department: 'DRUG GM',
    category: 'FIRST AID PRODUCTS',
  },
  'DRUG GM > TOBACCO OTHER > CANDLES SEASONAL': {
    department: 'DRUG GM',
    category: 'CANDLES/ACCESSORIES',
  },
  'DRUG GM > TOBACCO OTHER > CHARCOAL LIGHTER FLUID/UTILITY': {
    department: 'DRUG GM',
    category: 'CHARCOAL AND LIGHTER FLUID',
  },
  'FLORAL > FLORAL BALLOONS > BOUQUET (NON ROSE) ALL OTYHER': {
    department: 'FLORAL',
    category: 'FLORAL-FRESH CUT',
  },
  'FROZEN GROCERY > ': { department: 'PRODUCE', category: 'ORGANICS FRUIT & VEGETABLES' },
  'FROZEN GROCERY >  > ROMA TOMATOES (BULK/PKG)': { department: 'PRODUCE', category: 'TOMATOES' },
  'GARDEN CENTER > ': { department: 'GARDEN CENTER', category: 'GARDEN CENTER' },
  'GROCERY > COUPON/MISC ITEMS > CAN DOG FOOD RATION (TRIX/VETS': {
    department: 'GROCERY',
    category: 'DOG FOODS',
  },
  'GROCERY > COUPON/MISC ITEMS > SOFT DRINKS CAN NON-CARB (EXCE': {
    department: 'GROCERY',
    category: 'SOFT DRINKS',
  },
  'GROCERY > LIQUOR': { department: 'GROCERY', category: 'COCKTAIL MIXERS' },
  'MEAT > BEEF > WHOLE HENS (UNDER 15LBS)': { department: 'MEAT', category: 'TURKEY' },
  'MEAT > RW FRESH PROCESSED MEAT': { department: 'MEAT', category: 'SMOKED MEATS' },
  'PASTRY > BAKERY PARTY TRAYS': { department: 'GROCERY', category: 'ICE CREAM/MILK/SHERBTS' },
  'PASTRY > DELI SUPPLIES': { department: 'PASTRY', category: 'CAKES' },
  'PASTRY > PIES > ORGANIC MUSHROOMS': {
    department: 'PRODUCE',
    category: 'ORGANICS FRUIT & VEGETABLES',
  },
  'PHOTO & VIDEO > REFRGRATD DOUGH PRODUCTS': {
    department: 'GROCERY',
    category: 'REFRGRATD DOUGH PRODUCTS',
  },
  'SEAFOOD > MEAT SUPPLIES': { department: 'SEAFOOD', category: 'SEAFOOD-FRESH' },
  'TRAVEL & LEISURE > APPLES': { department: 'PRODUCE', category: 'APPLES' },
};
