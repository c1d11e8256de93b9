"""The phrases by which pages give themselves away, by language: regular expressions, for any case."""

# Labels of what leads away from the article. Each stands at the start of a short paragraph of its own.
LABELS = (
    # en
    r"(?:read|see|learn|find out) more|read (?:also|next|the full|on)|also read|see also",
    r"more (?:on|from|in|stories|news)",
    r"related(?: (?:articles?|stories|content|topics|news|links?|posts?))?",
    r"recommended|you (?:may|might) (?:also )?like|don['’]t miss|most (?:read|popular)",
    r"latest (?:news|stories)|top stories|trending|up next|explore further",
    r"(?:bonus |related |watch ?(?:the |this )?)?videos?|watch(?: (?:now|live|below|here))?",
    r"listen(?: (?:now|here))?|gallery",
    r"(?:in )?(?:photo(?:graph)?|picture|image)s?(?: (?:credit|by|courtesy|source))?s?",
    r"(?:main |featured |header )?(?:image|photo|picture) credits?|credits?|caption|sources?",
    r"tags?|topics|share(?: (?:this|on|via))?|comments?|advertisement|ad",
    r"sponsored(?: content)?|promoted",
    r"about the author|editor['’]s (?:note|picks?)|follow|contact",
    # de
    r"mehr (?:zum thema|dazu|lesen|aus)|lesen sie (?:auch|mehr|hier)|auch interessant|zum thema",
    r"das könnte sie auch|bild(?:quelle)?|foto|quelle|anzeige|werbung|teilen",
    # fr
    r"(?:à )?lire (?:aussi|également|la suite)|voir aussi|sur le même sujet",
    r"crédits?(?: photo)?|publicité|partager",
    # es, pt
    r"lea también|lee también|leer más|más información|te puede interesar|ver también",
    r"publicidad|compartir",
    r"leia (?:também|mais)|veja também|publicidade|compartilhe",
    # it, nl, pl
    r"leggi (?:anche|tutto)|pubblicità|condividi|lees (?:ook|meer|verder)|bekijk ook|advertentie",
    r"czytaj (?:też|także|więcej)|zobacz (?:też|także)|reklama",
    # uk, ru
    r"читайте (?:также|також|ещё|ще)|смотрите также|дивіться також|бонус(?:ное|[- ])? ?(?:видео|відео)",
    r"реклама|фото|відео|видео|источник|джерело|поделиться|поширити",
)

# What asks the reader to do something for the publisher.
APPEALS = (
    r"(?:please )?(?:sign up|subscribe|register (?:now|here|today)|download (?:the|our))",
    r"get the (?:latest|app)",
    r"(?:click|tap) here|follow (?:us|@|him|her|them|me)|join (?:our|us on)|like us on",
    r"support (?:our|us)|donate",
    r"become a (?:member|subscriber|supporter|patron)|share your|tell us|let us know",
    r"have your say|(?:e-?mail|send) us",
    r"got a (?:tip|story)|get .{1,40} (?:in|to|through) your (?:inbox|letterbox|mailbox)",
    r"start your day with",
    r"the post .{1,200} (?:first )?appeared (?:first )?on",
    r"this (?:post|article) (?:was )?originally (?:appeared|published)",
    r"(?:jetzt )?(?:abonnieren|anmelden)|melden sie sich|folgen sie uns|newsletter",
    r"abonnez-vous|inscrivez-vous|suivez(?:-nous)?|suscríbete|síguenos|regístrate|iscriviti|seguici",
    r"inscreva-se|assine|siga-nos|schrijf je in|volg ons|zapisz się|obserwuj nas",
    r"подпис(?:ывайтесь|аться)|підпис(?:уйтесь|атися)|следите за|слідкуйте за|присоединяйтесь",
    r"приєднуйтесь",
)
SHOUTS = (r"(?:click|tap) here|for more information click|follow us on|all rights reserved|©|\(c\) 20\d\d",)
CREDITS = (
    r"^[\[(]?(?:ap|afp|reuters|epa|getty|shutterstock|dpa|file|handout)\b[^.!?]{0,80}(?:photo|image|via)",
    r"^[\[(]?(?:photo|image|picture|foto|bild|crédit|фото)\w*(?: credits?)?\s*[:/]",
    r"[\[(](?:photo|image|picture|pic|foto|bild|crédit|фото)\w*\s*:[^()\[\].]{1,60}[\])]$",
    r"^[\[(]?(?:photo|image|picture) by\b|image source|courtesy of",
    r"^(?:getty|ap|afp|reuters) ?(?:images|photo)?$",
    r"[/(](?:getty images|ap photo|afp|reuters|shutterstock|ap|epa|dpa)[^.!?]{0,40}\)?$",
)

# Walls.
CONSENT = (
    r"before you continue|we value your privacy|we and our partners|accept all cookies|use of cookies",
    r"manage (?:your )?cookies|your privacy choices|consent to",
    r"wir benötigen ihre zustimmung|alle akzeptieren|cookies akzeptieren|mit werbung weiterlesen",
    r"nous utilisons des cookies|accepter et continuer|continuer sans accepter|tout accepter",
    r"utilizamos cookies|aceptar (?:todas )?las cookies|aceptar y continuar",
    r"utilizziamo i cookie|accetta (?:tutti )?i cookie|wij gebruiken cookies|alle cookies accepteren",
    r"używamy plików cookie|używamy cookies",
)
CHALLENGES = (
    r"just a moment|checking (?:if the site|your browser)",
    r"verify (?:that )?you are (?:a )?human|are you a robot",
    r"enable javascript and cookies|please enable (?:js|javascript)",
    r"access (?:to this page has been )?denied",
    r"unusual (?:traffic|activity)|attention required|cloudflare ray id|pardon our interruption",
    r"request unsuccessful",
)
PAYWALLS = (
    r"subscribe (?:now )?to (?:continue|read|keep)|subscribers? only|for subscribers",
    r"available to subscribers",
    r"to (?:continue|keep) reading|already a subscriber|continue reading with|exclusive to subscribers",
    r"this (?:article|content|story) is (?:reserved )?for (?:our )?(?:subscribers|members)",
    r"start your free trial",
    r"unlock this (?:article|story)|register (?:for free )?to (?:continue|read)",
    r"nur für abonnenten|weiterlesen mit|jetzt abonnieren und weiterlesen|artikel freischalten",
    r"(?:réservé|réservée) (?:à nos|aux) abonnés|il vous reste .{1,20} à lire|abonnez-vous pour lire",
    r"(?:solo|exclusivo) para su(?:b)?scriptores|suscríbete para (?:seguir )?leyendo",
    r"riservato agli abbonati|abbonati per continuare|conteúdo exclusivo para assinantes",
    r"alleen voor abonnees",
)
