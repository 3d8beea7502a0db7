"""Shops and what they sell over the counter. Shops, people, numbers and addresses are invented; telephone numbers are from
the ranges kept free for fiction where a country has one. Sums are computed, so they add up.
"""

from decimal import ROUND_HALF_UP, Decimal

from drawing.receipt import CENT, Receipt, address, amount, cents, comma, contained, money, share
from drawing.slip import Slip


def hardware_store() -> Receipt:
    slip = Slip("till")
    slip.logo("diamond")
    slip.centre("GRANITE STATE HARDWARE", size=1.3, bold=True)
    slip.centre("1420 Maple Street", "Burlington, VT 05401", "(802) 555-0148")
    slip.space()
    slip.pair("03/27/2025  10:42 AM", "REG 02")
    slip.pair("Cashier: Denise W.", "Trans# 0048213")
    slip.rule()
    goods = [("WOOD SCREW 8x1-1/4 100PK", "8.49"), ("PAINT BRUSH 2IN ANGLE", "11.99"), ("INT LATEX EGGSHELL 1GAL", "38.95"),
             ("PAINTERS TAPE 1.88IN", "6.79"), ("DROP CLOTH 9x12", "14.50")]
    for name, price in goods:
        slip.pair(name, price)
    subtotal = sum(cents(price) for _, price in goods)
    tax = share(subtotal, "7")
    total = subtotal + tax
    slip.rule()
    slip.pair("SUBTOTAL", money(subtotal))
    slip.pair("SALES TAX 7.000%", money(tax))
    slip.pair("TOTAL", f"${money(total)}", size=1.35, bold=True)
    slip.space(0.4)
    slip.pair("VISA ************4471", money(total))
    slip.left("AUTH 09137C   CONTACTLESS")
    slip.space()
    slip.centre("Returns within 30 days with receipt", "Thank you for shopping local!")
    slip.barcode("0048213032725")
    return Receipt((slip,), {
        "company": ("GRANITE STATE HARDWARE",) * 2, "date": ("03/27/2025", "2025-03-27"),
        "address": address("1420 Maple Street", "Burlington, VT 05401"), "total": amount(f"${money(total)}", total),
        "tax": amount(money(tax), tax), "currency": ("$", "USD"), "receipt_number": ("0048213",) * 2})


def bakery() -> Receipt:
    slip = Slip("typewriter", size=22)
    slip.centre("Bäckerei Lindenhof", size=1.4, bold=True)
    slip.centre("Inh. Petra Lindner", "Marktstraße 12", "88212 Ravensburg", "USt-IdNr. DE999284710")
    slip.space()
    slip.pair("Bon-Nr. 2217", "Kasse 1")
    slip.pair("07.10.2025", "07:51")
    slip.rule()
    goods = [("Roggenmischbrot 750g", 1, "4.90"), ("Butterbrezel", 3, "1.80"), ("Apfelkuchen Stück", 2, "2.95"), ("Laugenecke", 2, "1.35")]
    total = Decimal(0)
    for name, count, price in goods:
        slip.left(name)
        slip.pair(f"   {count} x {comma(cents(price))}", f"{comma(count * cents(price))} A")
        total += count * cents(price)
    tax = contained(total, "7")
    slip.rule("double")
    slip.pair("SUMME EUR", comma(total), size=1.3, bold=True)
    given = Decimal(20)
    slip.pair("Gegeben Bar", comma(given))
    slip.pair("Rückgeld", comma(given - total))
    slip.rule()
    slip.cells(("MwSt", 0, "l"), ("Netto", 0.62, "r"), ("Steuer", 1, "r"))
    slip.cells(("A  7,00%", 0, "l"), (comma(total - tax), 0.62, "r"), (comma(tax), 1, "r"))
    slip.space()
    slip.centre("Es bediente Sie: Frau Lindner", "Vielen Dank für Ihren Einkauf!")
    return Receipt((slip,), {
        "company": ("Bäckerei Lindenhof",) * 2, "date": ("07.10.2025", "2025-10-07"),
        "address": address("Marktstraße 12", "88212 Ravensburg"), "total": amount(comma(total), total),
        "tax": amount(comma(tax), tax), "currency": ("EUR", "EUR"), "receipt_number": ("2217",) * 2})


def mini_market() -> Receipt:
    slip = Slip("till", size=20)
    slip.centre("SERI MAWAR MINI MARKET SDN BHD", bold=True)
    slip.centre("(994817-K)", "NO. 18, JALAN MELUR 3/2,", "TAMAN SERI MAWAR,", "43000 KAJANG, SELANGOR.", "TEL: 03-8700 1155")
    slip.space()
    slip.centre("INVOICE", bold=True)
    slip.left("INVOICE NO : CS00187342", "DATE       : 21/06/2025 18:05", "CASHIER    : NURUL")
    slip.rule()
    slip.cells(("ITEM", 0, "l"), ("QTY", 0.55, "r"), ("PRICE", 0.78, "r"), ("RM", 1, "r"))
    slip.rule()
    goods = [("BERAS WANGI 5KG", 1, "31.50"), ("MINYAK MASAK 1KG", 2, "6.90"), ("SUSU PEKAT 500G", 3, "4.35"), ("TELUR GRED B 10", 1, "5.28")]
    total = Decimal(0)
    for name, count, price in goods:
        slip.left(name)
        slip.cells((str(count), 0.55, "r"), (money(cents(price)), 0.78, "r"), (money(count * cents(price)), 1, "r"))
        total += count * cents(price)
    payable = (total * 20).quantize(Decimal(1), ROUND_HALF_UP) / 20
    slip.rule()
    slip.pair("SUB TOTAL", money(total))
    slip.pair("ROUNDING ADJ", money(payable - total))
    slip.pair("TOTAL (RM)", money(payable), size=1.3, bold=True)
    slip.pair("CASH", money(Decimal(80)))
    slip.pair("CHANGE", money(80 - payable))
    slip.space()
    slip.centre("BARANG YANG DIJUAL TIDAK", "BOLEH DIKEMBALIKAN", "TERIMA KASIH, SILA DATANG LAGI")
    return Receipt((slip,), {
        "company": ("SERI MAWAR MINI MARKET SDN BHD",) * 2, "date": ("21/06/2025", "2025-06-21"),
        "address": address("NO. 18, JALAN MELUR 3/2,", "TAMAN SERI MAWAR,", "43000 KAJANG, SELANGOR."),
        "total": amount(money(payable), payable), "currency": ("RM", "MYR"), "receipt_number": ("CS00187342",) * 2})


def bookshop() -> Receipt:
    slip = Slip("serif", size=23)
    slip.centre("Fernley & Daughters", size=1.5, bold=True)
    slip.centre("Booksellers and Stationers", "7 Quay Street, Whitcombe Regis DT3 9QP", "Tel. 01632 960 482", size=0.95)
    slip.rule("line")
    slip.pair("Sale no. FD-31077", "5 Sep 2025 15:20")
    slip.rule("line")
    books = [("A Field Guide to Sea Walls", "18.99"), ("The Lighthouse Ledger (pbk)", "9.99")]
    stationery = [("Ruled notebook A5", "7.50"), ("Gel pen 0.5 black x 3", "5.85")]
    for name, price in books:
        slip.pair(f"{name}  Z", price)
    for name, price in stationery:
        slip.pair(f"{name}  S", price)
    standard = sum(cents(price) for _, price in stationery)
    total = standard + sum(cents(price) for _, price in books)
    tax = contained(standard, "20")
    slip.rule("line")
    slip.pair("Total", f"£{money(total)}", size=1.35, bold=True)
    slip.pair("Card ending 9031", f"£{money(total)}")
    slip.space(0.4)
    slip.pair("VAT at 20% on S items, included", f"£{money(tax)}", size=0.95)
    slip.left("VAT reg. no. 999 4471 08", size=0.95)
    slip.space()
    slip.centre("Exchange within 28 days with this receipt", size=0.95)
    return Receipt((slip,), {
        "company": ("Fernley & Daughters",) * 2, "date": ("5 Sep 2025", "2025-09-05"),
        "address": address("7 Quay Street, Whitcombe Regis DT3 9QP"), "total": amount(f"£{money(total)}", total),
        "tax": amount(f"£{money(tax)}", tax), "currency": ("£", "GBP"), "receipt_number": ("FD-31077",) * 2})


def filling_station() -> Receipt:
    slip = Slip("till", width=500, size=20)
    slip.centre("BALLYDUNE SERVICE STATION", bold=True)
    slip.centre("Coast Road, Ballydune", "Co. Wicklow A67 X2F9", "VAT No IE9984471T")
    slip.space()
    slip.pair("2025-11-02 08:16", "Receipt 90514")
    slip.left("Pump 04   DIESEL")
    litres, price = Decimal("41.37"), Decimal("1.719")
    fuel = (litres * price).quantize(CENT, ROUND_HALF_UP)
    slip.pair(f"{litres} L @ {price} EUR/L", money(fuel))
    slip.pair("SCREENWASH 2L", "4.99")
    total = fuel + cents("4.99")
    tax = contained(total, "23")
    slip.rule("double")
    slip.pair("TOTAL EUR", money(total), size=1.4, bold=True)
    slip.pair("incl. VAT 23%", money(tax))
    slip.space(0.4)
    slip.left("MASTERCARD ****0092", "APPROVED 771204")
    slip.space()
    slip.centre("DRIVE SAFELY")
    return Receipt((slip,), {
        "company": ("BALLYDUNE SERVICE STATION",) * 2, "date": ("2025-11-02", "2025-11-02"),
        "address": address("Coast Road, Ballydune", "Co. Wicklow A67 X2F9"), "total": amount(money(total), total),
        "tax": amount(money(tax), tax), "currency": ("EUR", "EUR"), "receipt_number": ("90514",) * 2})


def pharmacy() -> Receipt:
    slip = Slip("narrow", size=25)
    slip.centre("Larkspur Pharmacy", size=1.5, bold=True)
    slip.centre("2208 Alder Ave, Suite B", "Boise, ID 83702", "208-555-0119")
    slip.rule("line")
    slip.pair("Date: 11/08/2025", "Time: 4:37 PM")
    slip.pair("Receipt: 7-55120", "Store 07")
    slip.rule("line")
    goods = [("COTTON PADS 100CT", "3.29"), ("SUNSCREEN SPF50 6OZ", "12.49"), ("LIP BALM MINT", "2.79"), ("BANDAGES ASSORTED 60", "5.19")]
    for name, price in goods:
        slip.pair(name, f"{price} T")
    subtotal = sum(cents(price) for _, price in goods)
    tax = share(subtotal, "6")
    total = subtotal + tax
    slip.rule("line")
    slip.pair("Subtotal", money(subtotal))
    slip.pair("Tax 6%", money(tax))
    slip.pair("Total USD", money(total), size=1.35, bold=True)
    slip.pair("Cash", "30.00")
    slip.pair("Change due", money(30 - total))
    slip.space()
    slip.centre("We are here to help", "Open 8 to 8, seven days")
    slip.barcode("755120110825")
    return Receipt((slip,), {
        "company": ("Larkspur Pharmacy",) * 2, "date": ("11/08/2025", "2025-11-08"),
        "address": address("2208 Alder Ave, Suite B", "Boise, ID 83702"), "total": amount(money(total), total),
        "tax": amount(money(tax), tax), "currency": ("USD", "USD"), "receipt_number": ("7-55120",) * 2})
