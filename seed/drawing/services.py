"""Meals, stays and other services. Invented like the shops; sums are computed, so they add up."""

from decimal import Decimal

from drawing.receipt import Receipt, address, amount, cents, comma, contained, money, share
from drawing.slip import Slip


def restaurant() -> Receipt:
    slip = Slip("till", size=20)
    slip.logo("leaf")
    slip.centre("DAUN PANDAN KITCHEN", size=1.3, bold=True)
    slip.centre("DAUN PANDAN F&B SDN. BHD. (998104-V)", "27-G, LORONG CEMPAKA 4", "10250 GEORGE TOWN, PULAU PINANG", "SST ID: P11-9908-31000044")
    slip.rule()
    slip.pair("BILL NO: A-10387", "TABLE: 6")
    slip.pair("14-08-2025 20:14", "PAX: 3")
    slip.rule()
    dishes = [("NASI LEMAK AYAM", 2, "16.90"), ("CHAR KUEY TEOW", 1, "14.50"), ("CENDOL", 3, "7.50"), ("TEH TARIK", 3, "4.20")]
    subtotal = Decimal(0)
    for name, count, price in dishes:
        slip.cells((str(count), 0, "l"), (name, 0.08, "l"), (money(count * cents(price)), 1, "r"))
        subtotal += count * cents(price)
    service, tax = share(subtotal, "10"), share(subtotal, "6")
    total = subtotal + service + tax
    slip.rule()
    slip.pair("SUBTOTAL", money(subtotal))
    slip.pair("SERVICE CHARGE 10%", money(service))
    slip.pair("SST 6%", money(tax))
    slip.pair("TOTAL", f"RM {money(total)}", size=1.35, bold=True)
    slip.pair("TOUCH 'N PAY", money(total))
    slip.space()
    slip.centre("TERIMA KASIH / THANK YOU")
    return Receipt((slip,), {
        "company": ("DAUN PANDAN F&B SDN. BHD.",) * 2, "date": ("14-08-2025", "2025-08-14"),
        "address": address("27-G, LORONG CEMPAKA 4", "10250 GEORGE TOWN, PULAU PINANG"),
        "total": amount(f"RM {money(total)}", total), "tax": amount(money(tax), tax),
        "currency": ("RM", "MYR"), "receipt_number": ("A-10387",) * 2})


def car_park() -> Receipt:
    slip = Slip("typewriter", width=430, size=20)
    slip.centre("PARKING DES TILLEULS", size=1.15, bold=True)
    slip.centre("4 rue du Bac", "29900 PORT-SAINTE-ANNE")
    slip.space()
    slip.left("Ticket  00417733", "Entrée  02/11/2025 09:12", "Sortie  02/11/2025 12:48")
    total = cents("7.20")
    tax = contained(total, "20")
    slip.rule()
    slip.pair("Durée", "3 h 36")
    slip.pair("dont TVA 20%", comma(tax))
    slip.pair("TOTAL", f"{comma(total)} €", size=1.35, bold=True)
    slip.left("CB sans contact")
    slip.space()
    slip.centre("Merci et bonne route")
    return Receipt((slip,), {
        "company": ("PARKING DES TILLEULS",) * 2, "date": ("02/11/2025", "2025-11-02"),
        "address": address("4 rue du Bac", "29900 PORT-SAINTE-ANNE"), "total": amount(f"{comma(total)} €", total),
        "tax": amount(comma(tax), tax), "currency": ("€", "EUR"), "receipt_number": ("00417733",) * 2})


def grocer() -> Receipt:
    slip = Slip("till", width=540, size=21)
    slip.centre("PENHALLOW GROCERS LTD", size=1.15, bold=True)
    slip.centre("31 Fore Street", "Tregarrow TR27 5QX", "VAT 999 2210 46")
    slip.rule()
    goods = [("CLOTTED CREAM 227G", "3.15"), ("NEW POTATOES 1KG", "2.40"), ("FREE RANGE EGGS 6", "2.25"), ("STRAWBERRIES 400G", "3.50"), ("CHEDDAR MATURE", "4.85")]
    total = Decimal(0)
    for name, price in goods:
        slip.pair(name, price)
        total += cents(price)
    slip.rule()
    slip.pair("5 ITEMS   TO PAY", f"£{money(total)}", size=1.2, bold=True)
    slip.pair("DEBIT CARD", f"£{money(total)}")
    slip.pair("VAT INCLUDED", "£0.00")
    slip.space(0.4)
    slip.pair("19/05/25 17:26", "TILL 3  OP 114")
    slip.left("RECEIPT 3-448120")
    slip.space()
    slip.centre("THANK YOU, CALL AGAIN")
    return Receipt((slip,), {
        "company": ("PENHALLOW GROCERS LTD",) * 2, "date": ("19/05/25", "2025-05-19"),
        "address": address("31 Fore Street", "Tregarrow TR27 5QX"), "total": amount(f"£{money(total)}", total),
        "tax": ("£0.00", "0.00"), "currency": ("£", "GBP"), "receipt_number": ("3-448120",) * 2})


def kiosk() -> Receipt:
    slip = Slip("sans", width=400, size=22)
    slip.centre("PIER 9 NEWS & COFFEE", bold=True)
    slip.centre("9 Harbor Walk", "Portland, ME 04101")
    slip.space()
    slip.pair("Jan 9, 2025", "6:58 AM")
    slip.left("Check #5083")
    slip.rule("line")
    goods = [("Coffee, large", "3.75"), ("Bagel, sesame", "2.95"), ("Newspaper", "4.00")]
    subtotal = sum(cents(price) for _, price in goods)
    for name, price in goods:
        slip.pair(name, price)
    tax = share(cents("6.70"), "8")
    total = subtotal + tax
    slip.rule("line")
    slip.pair("Tax", money(tax))
    slip.pair("TOTAL", f"${money(total)}", size=1.25, bold=True)
    slip.left("Paid cash")
    return Receipt((slip,), {
        "company": ("PIER 9 NEWS & COFFEE",) * 2, "date": ("Jan 9, 2025", "2025-01-09"),
        "address": address("9 Harbor Walk", "Portland, ME 04101"), "total": amount(f"${money(total)}", total),
        "tax": amount(money(tax), tax), "currency": ("$", "USD"), "receipt_number": ("5083",) * 2})


def garden_centre() -> Receipt:
    slip = Slip("till", width=600, size=22)
    slip.logo("leaf")
    slip.centre("COTTONWOOD GARDEN CENTER", size=1.2, bold=True)
    slip.centre("5610 W Prairie Rd", "Lawrence, KS 66049", "(785) 555-0177")
    slip.space()
    slip.pair("04/18/2025 1:09 PM", "Lane 3")
    slip.left("Order 25-118804")
    slip.rule()
    goods = [("TOMATO SEEDLING 4PK", 3, "4.49"), ("POTTING MIX 1.5CF", 2, "13.99"), ("TERRACOTTA POT 10IN", 2, "9.25"), ("PRUNING SHEARS", 1, "24.95"), ("LAVENDER 1GAL", 4, "8.75")]
    subtotal = Decimal(0)
    for name, count, price in goods:
        slip.left(name)
        slip.pair(f"  {count} @ {price}", money(count * cents(price)))
        subtotal += count * cents(price)
    tax = share(subtotal, "9.3")
    total = subtotal + tax
    slip.rule()
    slip.pair("Subtotal", money(subtotal))
    slip.pair("Tax 9.3%", money(tax))
    slip.rule("double")
    slip.pair("TOTAL", f"${money(total)}", size=1.4, bold=True)
    slip.rule("double")
    slip.pair("AMEX ***********2005", f"${money(total)}")
    slip.space()
    slip.centre("Plants guaranteed for one season", "Keep this receipt")
    slip.barcode("25118804041825")
    return Receipt((slip,), {
        "company": ("COTTONWOOD GARDEN CENTER",) * 2, "date": ("04/18/2025", "2025-04-18"),
        "address": address("5610 W Prairie Rd", "Lawrence, KS 66049"), "total": amount(f"${money(total)}", total),
        "tax": amount(money(tax), tax), "currency": ("$", "USD"), "receipt_number": ("25-118804",) * 2})


def guest_house() -> Receipt:
    """Two pages: the head and the items, then the sums."""
    first = Slip("serif", width=992, size=25, margin=90)
    first.left("Huis aan de Vaart", size=1.7, bold=True)
    first.left("Guest house", "Vaartkade 88", "3512 WZ Oudervliet", "VAT NL999284471B01")
    first.space(1.5)
    first.pair("Invoice 2025-0914", "Date 2025-09-30", size=1.15, bold=True)
    first.left("Guest: Ms Amara Whitfield", "Room 5, 27 to 30 September, two persons")
    first.space()
    first.rule("line")
    first.cells(("Date", 0, "l"), ("Description", 0.2, "l"), ("EUR", 1, "r"), bold=True)
    first.rule("line")
    stays = [("27 Sep", "Room with canal view", "118.00"), ("28 Sep", "Room with canal view", "118.00"), ("29 Sep", "Room with canal view", "118.00"),
             ("28 Sep", "Breakfast, two persons", "29.00"), ("29 Sep", "Breakfast, two persons", "29.00"), ("30 Sep", "Breakfast, two persons", "29.00"),
             ("29 Sep", "Bicycle hire, two days", "32.00")]
    total = Decimal(0)
    for day, name, price in stays:
        first.cells((day, 0, "l"), (name, 0.2, "l"), (price, 1, "r"))
        total += cents(price)
    first.rule("line")
    first.pair("Carried over", money(total))
    first.space(13)
    first.centre("Page 1 of 2", size=0.85)

    tax = contained(total, "9")
    second = Slip("serif", width=992, size=25, margin=90)
    second.left("Huis aan de Vaart", bold=True)
    second.pair("Invoice 2025-0914", "Page 2 of 2")
    second.rule("line")
    second.pair("Brought forward", money(total))
    second.pair("of which VAT 9%", money(tax))
    second.rule("double")
    second.pair("Total EUR", money(total), size=1.4, bold=True)
    second.space()
    second.left("Paid by card on 2025-09-30. Nothing is owed.")
    second.left("We hope to see you again on the water.")
    second.space(24)
    second.centre("Huis aan de Vaart, Vaartkade 88, 3512 WZ Oudervliet", size=0.85)
    return Receipt((first, second), {
        "company": ("Huis aan de Vaart",) * 2, "date": ("2025-09-30", "2025-09-30"),
        "address": address("Vaartkade 88", "3512 WZ Oudervliet"), "total": amount(money(total), total),
        "tax": amount(money(tax), tax), "currency": ("EUR", "EUR"), "receipt_number": ("2025-0914",) * 2})
