/** Where products of some words stand in the shop, and the picture that they have. */
export interface GiftShelf {
  readonly words: RegExp;
  /** Department, then category. */
  readonly path: readonly [string, string];
  /** Name of a Fluent Emoji. */
  readonly icon: string;
}

const shelf = (words: RegExp, department: string, category: string, icon: string): GiftShelf => ({
  words,
  path: [department, category],
  icon,
});

/** The source has no categories: a product stands on the first of these shelves whose words its title has. */
export const giftShelves: readonly GiftShelf[] = [
  shelf(/\bADVENT\b|CHRISTMAS CRACKER|MINI CRACKER/, 'Christmas', 'Advent & crackers', 'party-popper'),
  shelf(
    /(XMAS|CHRISTMAS|SANTA|REINDEER|SNOWMAN).*(CARD|WRAP|TAG|STICKER|TAPE|GIFT ?BAG)/,
    'Christmas',
    'Cards & wrap',
    'wrapped-gift',
  ),
  shelf(
    /(XMAS|CHRISTMAS|SNOWY?|NOEL).*RIBBON|RIBBON.*(CHRISTMAS|SNOWY)/,
    'Christmas',
    'Cards & wrap',
    'ribbon',
  ),
  shelf(/(XMAS|CHRISTMAS|NOEL|SNOW).*(CANDLE|LIGHT|LANTERN)/, 'Christmas', 'Candles & lights', 'candle'),
  shelf(
    /(XMAS|CHRISTMAS) TREE|TREE (TOP )?DECORATION|FEATHER TREE/,
    'Christmas',
    'Trees & baubles',
    'christmas-tree',
  ),
  shelf(/REINDEER|STAG\b|DEER\b/, 'Christmas', 'Figures', 'deer'),
  shelf(/SANTA|FATHER XMAS/, 'Christmas', 'Figures', 'santa-claus'),
  shelf(/SNOWMAN|SNOWMEN|PENGUIN/, 'Christmas', 'Figures', 'penguin'),
  shelf(/WREATH/, 'Christmas', 'Wreaths & garlands', 'pine-decoration'),
  shelf(
    /XMAS|CHRISTMAS|NOEL|SNOWFLAKE|BAUBLE|NATIVITY|JINGLE|WINTER/,
    'Christmas',
    'Trees & baubles',
    'christmas-tree',
  ),

  shelf(/EASTER|\bEGGS?\b(?! ?CUP)|BUNNY|BUNNIES|\bCHICKS?\b/, 'Party & seasons', 'Easter', 'hatching-chick'),
  shelf(/HALLOWEEN|PUMPKIN/, 'Party & seasons', 'Halloween', 'jack-o-lantern'),
  shelf(
    /BUNTING|GARLAND|STREAMER|HONEYCOMB|PAPER CHAIN/,
    'Party & seasons',
    'Bunting & garlands',
    'party-popper',
  ),
  shelf(/BALLOON/, 'Party & seasons', 'Balloons', 'balloon'),
  shelf(
    /PARTY|PINATA|STRAWS|PAPER (CUP|PLATE|BOWL)|CONFETTI|SPARKLER/,
    'Party & seasons',
    'Party table',
    'confetti-ball',
  ),
  shelf(/NAPKIN|SERVIETTE/, 'Party & seasons', 'Party table', 'fork-and-knife-with-plate'),
  shelf(/(BIRTHDAY|CAKE).*CANDLE/, 'Party & seasons', 'Birthday', 'birthday-cake'),

  shelf(
    /CAKE ?CASE|BAKING|CAKE TIN|CAKE MOULD|COOKIE|CUTTERS?\b|ROLLING PIN|WHISK|SPATULA|ICING|FAIRY CAKE|MEASURING/,
    'Kitchen',
    'Baking',
    'cupcake',
  ),
  shelf(/CAKE ?STAND|CAKE ?PLATE|CAKESTAND|TIER|CAKE SLICE/, 'Kitchen', 'Cake stands', 'shortcake'),
  shelf(/TEA ?POT|TEA COSY|TEA FOR ONE|TEA SET/, 'Kitchen', 'Tea & coffee', 'teapot'),
  shelf(/EGG ?CUP|EGG ?HOLDER|EGG CODDLER/, 'Kitchen', 'Breakfast', 'egg'),
  shelf(/TEA ?TOWEL|OVEN (GLOVE|MITT)|APRON|PINNY|COSY/, 'Kitchen', 'Aprons & towels', 'cook'),
  shelf(/LUNCH ?BOX|SNACK BOX|LUNCH BAG|BENTO/, 'Kitchen', 'Lunch', 'bento-box'),
  shelf(/MUG|TEACUP|TEA CUP|CUP AND SAUCER|CUP & SAUCER|COFFEE/, 'Kitchen', 'Tea & coffee', 'hot-beverage'),
  shelf(
    /BEAKER|TUMBLER|\bGLASS(ES)?\b.*(WINE|DRINK|SHERRY|GOBLET|TALL)|GOBLET|COCKTAIL|SHOT GLASS|WINE GLASS|TEA GLASS|CHALICE|APERITIF|D\.O\.F|\bCUP\b/,
    'Kitchen',
    'Glasses & beakers',
    'tumbler-glass',
  ),
  shelf(/CORKSCREW|BOTTLE OPENER|WINE|CHAMPAGNE|HIP FLASK|BEER/, 'Kitchen', 'Bar', 'clinking-glasses'),
  shelf(/CUTLERY|SPOON|\bFORK|KNIFE|CHOPSTICK|LADLE/, 'Kitchen', 'Cutlery', 'fork-and-knife'),
  shelf(
    /PLATTER|PLATE\b|PLATES\b|PLACEMAT|PLACE MAT|DINNER|DOILEY|DOILY|DOILIES|TABLECLOTH|TABLE (MAT|RUNNER)/,
    'Kitchen',
    'At the table',
    'fork-and-knife-with-plate',
  ),
  shelf(
    /\bDOG\b.*(BOWL|COLLAR|LEAD|BLANKET)|\bCAT\b.*BOWL|DOG BISCUIT/,
    'Children',
    'For pets',
    'paw-prints',
  ),
  shelf(/\bBOWLS?\b|\bDISH(ES)?\b|RAMEKIN/, 'Kitchen', 'Bowls & dishes', 'bowl-with-spoon'),
  shelf(/\bJUG\b|CREAMER|MILK|SUGAR|PITCHER|DECANTER/, 'Kitchen', 'Jugs', 'glass-of-milk'),
  shelf(/\bJARS?\b|\bJAM\b|PANTRY|BISCUIT|BREAD|CANISTER|CADDY/, 'Kitchen', 'Jars & storage', 'jar'),
  shelf(/\bCOASTERS?\b|\bTRAYS?\b|TRIVET|POT STAND/, 'Kitchen', 'Trays & coasters', 'bellhop-bell'),
  shelf(
    /\bPAN\b|KITCHEN SCALE|COLANDER|GRATER|SIEVE|RECIPE|CASSEROLE|SALT|PEPPER|KITCHEN|FOOD COVER|FRYING|POPCORN|SQUEEZER|STRAINER|CHOPPING|POT WITH LID|LOLLY MOULD/,
    'Kitchen',
    'Cooking',
    'cooking',
  ),
  shelf(/PICNIC|BARBECUE|BBQ/, 'Garden', 'Picnic', 'basket'),

  shelf(/T-?LIGHT|TEA ?LIGHT|VOTIVE/, 'Candles & lights', 'Tea lights', 'diya-lamp'),
  shelf(/LANTERN/, 'Candles & lights', 'Lanterns', 'red-paper-lantern'),
  shelf(
    /INCENSE|OIL BURNER|FRAGRANCE|SCENT|POTPOURRI|DIFFUSER|AROMA/,
    'Candles & lights',
    'Scents',
    'hyacinth',
  ),
  shelf(/CANDLE|SNUFFER|MATCHES/, 'Candles & lights', 'Candles', 'candle'),
  shelf(/LAMP|LIGHT|CHANDELIER/, 'Candles & lights', 'Lamps & light chains', 'light-bulb'),

  shelf(/BRACELET|BANGLE/, 'Jewellery', 'Bracelets', 'prayer-beads'),
  shelf(/NECKLACE|PENDANT|LARIAT|BEADS?\b/, 'Jewellery', 'Necklaces', 'gem-stone'),
  shelf(/EARRING/, 'Jewellery', 'Earrings', 'gem-stone'),
  shelf(/\bRING\b(?!.*(NAPKIN|TEETH))/, 'Jewellery', 'Rings & key rings', 'ring'),
  shelf(/KEY ?RING|KEY ?CHAIN|KEY FOB|CHARM/, 'Jewellery', 'Rings & key rings', 'key'),
  shelf(/HAIR|SLIDE|GRIP|BROOCH|TIARA|COMB/, 'Jewellery', 'Hair & brooches', 'ribbon'),
  shelf(
    /SCARF|SCARVES|GLOVES|HAT\b|SLIPPER|SHAWL|FAN\b|FANS\b|SUNGLASS|SARONG|FLIP FLOP|EAR MUFF|PONCHO|SOMBRERO|GRASS SKIRT/,
    'Bags & travel',
    'To wear',
    'scarf',
  ),

  shelf(/UMBRELLA|PARASOL/, 'Bags & travel', 'Umbrellas & parasols', 'umbrella'),
  shelf(/PASSPORT|LUGGAGE|TRAVEL|SUITCASE|EYE MASK/, 'Bags & travel', 'Travel', 'luggage'),
  shelf(/PURSE|WALLET|CARD HOLDER/, 'Bags & travel', 'Purses', 'purse'),
  shelf(/WASH ?BAG|COSMETIC|MAKE ?UP|TOILET/, 'Bags & travel', 'Wash bags', 'clutch-bag'),
  shelf(/BACKPACK|RUCKSACK|SATCHEL/, 'Bags & travel', 'Backpacks', 'backpack'),
  shelf(/GIFT ?BAG/, 'Paper & wrap', 'Gift wrap', 'shopping-bags'),
  shelf(/\bBAGS?\b|HANDBAG|SHOPPER|TROLLEY/, 'Bags & travel', 'Bags', 'handbag'),

  shelf(/RIBBON/, 'Paper & wrap', 'Ribbons', 'ribbon'),
  shelf(/WRAP|GIFT ?(TAG|BOX|TAPE)|TISSUE PAPER/, 'Paper & wrap', 'Gift wrap', 'wrapped-gift'),
  shelf(
    /PLAYING CARD|SNAP CARD|DOMINO|DICE|GAME|JIGSAW|PUZZLE|SOLITAIRE|CHESS|SKITTLE|N[AO]UGHTS|TIDDLY|LUDO|BINGO|LADDERS|HEADS AND TAILS/,
    'Children',
    'Games & puzzles',
    'puzzle-piece',
  ),
  shelf(
    /\bCARDS?\b|ENVELOPE|POSTCARD|LETTER SET|WRITING SET|STATIONERY/,
    'Paper & wrap',
    'Cards & letters',
    'love-letter',
  ),
  shelf(
    /NOTE ?BOOK|JOURNAL|SKETCH ?BOOK|MEMO|DIARY|ADDRESS BOOK|NOTE ?PAD|\bBOOK\b|PHOTO ALBUM|ORGANISER/,
    'Paper & wrap',
    'Notebooks',
    'notebook-with-decorative-cover',
  ),
  shelf(
    /PENCIL|\bPENS?\b|ERASER|RUBBER|SHARPENER|CRAYON|CHALK|RULER|SCISSOR|STAPLER|PAPER ?CLIP|CLIPBOARD/,
    'Paper & wrap',
    'Pens & pencils',
    'pencil',
  ),
  shelf(/STICKER|\bTAPE\b|DECAL|STAMP|STENCIL|TRANSFER|PATCHES/, 'Paper & wrap', 'Stickers & tape', 'label'),
  shelf(
    /CALENDAR|MAGNETIC|MEMO BOARD|BLACK ?BOARD|CHALKBOARD|NOTICE ?BOARD|PIN ?BOARD/,
    'Home',
    'Boards',
    'pushpin',
  ),

  shelf(
    /FELTCRAFT|KNITTING|SEWING|CROCHET|CRAFT|KNITTED|BUTTON|PATCHWORK|\bKIT\b|THREAD|EMBROIDERY SET|PAINT SET|PAINT YOUR/,
    'Children',
    'Make it yourself',
    'yarn',
  ),
  shelf(/DOLL\b|BABUSHKA|DOLLS|PUPPET/, 'Children', 'Dolls & soft toys', 'nesting-dolls'),
  shelf(
    /TEDDY|SOFT TOY|RABBIT|\bTOY\b|TOYS|HELICOPTER|ROBOT|ROCKET|TRAIN\b|DINOSAUR|MARBLES|SPINNING|YO ?YO|KALEIDOSCOPE|HARMONICA|WINDMILL|SKIPPING|DRUM|TAMBOURINE|BUBBLE|INFLATABLE|CATAPULT|BOOMERANG|KITE|BLOCKS/,
    'Children',
    'Toys',
    'teddy-bear',
  ),
  shelf(
    /CHILD|KIDS|BABY|NURSERY|BOYS?\b|GIRLS?\b|SPACEBOY|CHARLIE ?\+ ?LOLA|POPPY'?S/,
    'Children',
    'For small ones',
    'carousel-horse',
  ),
  shelf(/MONEY ?BOX|MONEY BANK|PIGGY|SAVINGS|\bBANK\b/, 'Children', 'Money boxes', 'pig'),

  shelf(
    /WATERING|PLANT|GARDEN|HERB|SEED|FLOWER ?POT|FLOWERPOT|GNOME|TROWEL|HOSE|WHEELBARROW|TRELLIS/,
    'Garden',
    'Plants & tools',
    'potted-plant',
  ),
  shelf(/BIRD ?(FEEDER|HOUSE|TABLE|BATH)|NESTING|BIRDHOUSE|BIRDCAGE|BIRD CAGE/, 'Garden', 'Birds', 'bird'),
  shelf(/THERMOMETER|WIND ?CHIME|WEATHER|RAIN GAUGE/, 'Garden', 'Weather', 'thermometer'),
  shelf(/BUCKET|FOLDING CHAIR|DECKCHAIR|STOOL|BENCH/, 'Garden', 'Buckets & seats', 'bucket'),

  shelf(
    /SOAP|SPONGE|FLANNEL|TOWEL|\bBATH|SHOWER|LOO\b|TOOTHBRUSH|BRUSH|NAIL|LIP GLOSS|PERFUME|POWDER/,
    'Bath & well-being',
    'Bath',
    'bathtub',
  ),
  shelf(/HOT WATER|HAND ?WARMER|HEAT|WARMER/, 'Bath & well-being', 'Keep warm', 'gloves'),
  shelf(/TISSUE|PLASTER|FIRST AID|PILL/, 'Bath & well-being', 'Pocket tissues', 'roll-of-paper'),

  shelf(/CLOCK|HOURGLASS|TIMER|WATCH/, 'Home', 'Clocks', 'mantelpiece-clock'),
  shelf(/MIRROR/, 'Home', 'Mirrors', 'mirror'),
  shelf(
    /FRAME|PHOTO|WALL ART|PICTURE|PAINTING|CANVAS|POSTER|\bART\b/,
    'Home',
    'Frames & pictures',
    'framed-picture',
  ),
  shelf(
    /\bSIGN\b|PLAQUE|\bNUMBER\b|LETTERS?\b|WORD\b|TILE|DOORSIGN/,
    'Home',
    'Signs & letters',
    'input-latin-letters',
  ),
  shelf(
    /CUSHION|PILLOW|QUILT|THROW|BLANKET|CURTAIN|POUFFE|BEAN ?BAG/,
    'Home',
    'Cushions & throws',
    'couch-and-lamp',
  ),
  shelf(/DOOR ?MAT|DOOR ?STOP|DRAUGHT|\bRUG\b|DOOR\b/, 'Home', 'At the door', 'door'),
  shelf(
    /HOOK|HANGER|KNOB|\bPEGS?\b|RACK|DRAWER|CABINET|SHELF|UNIT\b|COAT|BRACKET|HANDLE|CLIP/,
    'Home',
    'Hooks & drawers',
    'hook',
  ),
  shelf(/MAGNET/, 'Home', 'Magnets', 'magnet'),
  shelf(
    /\bBOX(ES)?\b|STORAGE|BASKET|\bTINS?\b|TRINKET|\bBIN\b|CHEST|CRATE|TIDY|TREASURE|CASE\b/,
    'Home',
    'Boxes & baskets',
    'package',
  ),
  shelf(/VASE|BOTTLE/, 'Home', 'Vases & bottles', 'amphora'),
  shelf(
    /FLOWER|ROSE\b|ROSES|LAVENDER|DAISY|TULIP|BOUQUET|POPPY|BLOSSOM|LEAF|LEAVES/,
    'Home',
    'Flowers',
    'bouquet',
  ),
  shelf(/BELL|CHIME|MOBILE|STARS?\b/, 'Home', 'Things to hang', 'bell'),
  shelf(/HEARTS?\b|LOVE|SWEETHEART/, 'Home', 'Hearts', 'red-heart'),
  shelf(
    /BIRD|OWL|DOVE|BUTTERFL|DUCK|HEN\b|COCKEREL|\bCAT\b|\bDOG\b|HORSE|ELEPHANT|FROG|FAIRY|ANGEL|CHERUB/,
    'Home',
    'Figures',
    'dove',
  ),
  shelf(/DECORATION|HANGING|ORNAMENT|CRYSTAL|ACRYLIC/, 'Home', 'Things to hang', 'bell'),
  shelf(/(?:)/, 'Home', 'Curiosities', 'magic-wand'),
];
