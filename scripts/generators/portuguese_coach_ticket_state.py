"""Track what a customer wants, in a dialogue in Brazilian Portuguese that sells coach tickets.

A dialogue is put together turn by turn while its record is kept; late in it the customer changes
one or two of the fields, or asks about a change and drops it.
"""

import calendar
import json
from datetime import date, timedelta
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "portuguese_coach_ticket_state"
SEED = 20_302
SIZE = 80

DAYS = ["segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira"]
DAYS += ["sábado", "domingo"]
MONTHS = ["janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro"]
MONTHS += ["outubro", "novembro", "dezembro"]
NUMBERS = ["", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez"]
# Origin, destination, and another place on the same side of the country.
ROUTES = """
    Curitiba, Florianópolis, Joinville | Campinas, Santos, Ubatuba | Belo Horizonte, Ouro Preto,
    Mariana | Natal, João Pessoa, Campina Grande | Goiânia, Brasília, Anápolis | Salvador,
    Aracaju, Maceió | São Paulo, Ribeirão Preto, São Carlos | Porto Alegre, Pelotas, Santa Maria |
    Fortaleza, Teresina, Sobral | Cuiabá, Campo Grande, Rondonópolis | Belém, São Luís, Imperatriz
    | Vitória, Juiz de Fora, Petrópolis | Londrina, Maringá, Cascavel
"""
# Who travels, said after "as passagens são para", and how many they are.
PEOPLE = """
    uma pessoa só, a minha sobrinha = 1 | mim e minha esposa = 2 | mim, meu marido e nossos dois
    filhos = 4 | duas amigas e para mim também = 3 | dois adultos e uma criança = 3 | mim, meus
    pais e minha avó = 4 | um grupo de seis estudantes e a professora deles = 7 | os meus pais; eu
    fico em casa = 2 | os meus três netos; eu não viajo = 3 | mim e mais quatro colegas do
    trabalho = 5
"""
SEATS = {
    "janela": "Prefiro janela. | Do lado da janela, se tiver. | Tudo menos corredor: janela.",
    "corredor": "Corredor, por favor. | Tudo menos janela: quero corredor. | Corredor é melhor.",
    "indiferente": "Tanto faz. | Para mim é indiferente. | Não tenho preferência.",
}
DROPPED = """
    Talvez meu irmão vá também... Posso acrescentar um lugar? / Pode, sim. / Não, deixe como
    está: ele acabou de dizer que não vai. / Combinado. | Há lugar no mesmo ônibus um dia antes?
    / Há, sim. Quer mudar a data? / Não, melhor não mexer nisso. / Está bem, fica como está.
"""
OPENERS = """
    Bom dia! Quero viajar de ônibus de {origem} para {destino}. | Olá, vocês têm ônibus para
    {destino} saindo de {origem}? | Oi, preciso de passagens de ônibus para {destino}. Saio de
    {origem}. | Boa tarde, gostaria de reservar uma viagem de {origem} a {destino}. | Oi! Dá para
    reservar por aqui uma viagem de {origem} para {destino}?
"""
ASK_DAY = "Claro! Em que dia vai ser a viagem? | Com prazer. Qual é a data da viagem?"
ASK_TIME = """
    Nesse dia há saídas às {}, às {} e às {}. Qual horário prefere? | Os ônibus saem às {}, às {}
    e às {}. Qual deles fica melhor? | Posso oferecer três horários: {}, {} e {}.
"""
PICK = [
    "O das {}, por favor. | O ônibus das {} está ótimo.",
    "O primeiro deles, por favor. | Quero o mais cedo.",
    "O do meio. | Pode ser o segundo horário.",
    "O último, por favor. | Prefiro o mais tarde dos três.",
]
ASK_PEOPLE = "Para quem são as passagens? | Certo. E as passagens são para quem?"
ASK_SEAT = "Prefere janela ou corredor? | Alguma preferência de poltrona: janela ou corredor?"
MORE = "Anotado. Posso fechar a reserva? | Perfeito. Está tudo certo assim?"
DONE = "Sem problema, já alterei. | Pronto, está corrigido. | Tudo bem, mudei aqui no sistema."
WRONG = "Ah, desculpe: | Só um momento: | Espere:"
BETTER = "Pensando melhor, | Mudei de ideia: | Se ainda der tempo,"
KINDS = ["data", "horario", "passageiros", "destino", "poltrona", "sentido", "nada", "recuo"]
KINDS += ["data passageiros", "horario destino", "poltrona recuo", "recuo data"]
SAME = "Tudo bem, já mudei. Nesse outro dia os horários são os mesmos."


def pick(rng: Random, said: str) -> str:
    """Return one of the wordings that bars separate."""
    return rng.choice(" ".join(said.split()).split(" | "))


def numbered(day: date) -> str:
    return f"{day.day}º" if day.day == 1 else str(day.day)


def spoken_day(rng: Random, today: date) -> tuple[str, date]:
    ahead = rng.randint(3, 10)
    near = today + timedelta(days=rng.randint(3, 20))
    far = today + timedelta(days=rng.randint(20, 90))
    last = today.replace(day=calendar.monthrange(today.year, today.month)[1])
    said = [
        ("Amanhã mesmo.", today + timedelta(days=1)),
        ("Depois de amanhã.", today + timedelta(days=2)),
        (f"Daqui a {NUMBERS[ahead]} dias.", today + timedelta(days=ahead)),
        ("Exatamente daqui a duas semanas.", today + timedelta(days=14)),
        (f"No dia {numbered(far)} de {MONTHS[far.month - 1]}.", far),
        (f"Em {numbered(far)} de {MONTHS[far.month - 1]}, dia do meu aniversário.", far),
        (f"Seria {DAYS[near.weekday()]}, dia {numbered(near)}.", near),
    ]
    if last > today + timedelta(days=2):
        said.append(("No último dia deste mês.", last))
    return rng.choice(said)


def clock(minutes: int) -> str:
    hour, rest = divmod(minutes, 60)
    return f"{hour}h{rest:02}" if rest else f"{hour}h"


def stamp(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def change(rng: Random, kind: str, record: dict[str, str], other: str, times: list[int]) -> str:
    """Change `record` as `kind` says and return the words of the customer."""
    wrong, better = pick(rng, WRONG) + " ", pick(rng, BETTER) + " "
    if kind == "data":
        later, said = rng.choice([(1, "um dia"), (2, "dois dias"), (3, ""), (7, "uma semana")])
        day = date.fromisoformat(record["data"]) + timedelta(days=later)
        record["data"] = day.isoformat()
        if not said:
            return f"{wrong}a data certa é {numbered(day)} de {MONTHS[day.month - 1]}."
        return f"{wrong}a viagem vai ser {said} depois do que eu disse. O resto fica igual."
    if kind == "horario":
        which = rng.choice([n for n in range(3) if stamp(times[n]) != record["horario"]])
        record["horario"] = stamp(times[which])
        place = f"o {('primeiro', 'segundo', 'terceiro')[which]} horário que você citou"
        return f"{better}prefiro {rng.choice([f'o ônibus das {clock(times[which])}', place])}."
    if kind == "passageiros":
        count = int(record["passageiros"])
        more = rng.choice([1, -1]) if count > 1 else 1
        record["passageiros"] = str(count + more)
        said = "minha prima decidiu ir também, então é um passageiro a mais."
        if more == -1:
            said = "uma pessoa desistiu, então é um passageiro a menos."
        counted = f"contei errado; o número certo de passageiros é {NUMBERS[count + more]}."
        return wrong + rng.choice([said, counted if min(count, count + more) > 1 else said])
    if kind == "destino":
        old, record["destino"] = record["destino"], other
        return f"{wrong}o destino não é {old}, e sim {other}."
    if kind == "sentido":
        record["origem"], record["destino"] = record["destino"], record["origem"]
        return f"{wrong}troquei as cidades. É de {record['origem']} para {record['destino']}."
    record["poltrona"] = rng.choice([seat for seat in SEATS if seat != record["poltrona"]])
    if record["poltrona"] == "indiferente":
        return f"{better}qualquer poltrona serve; não precisa ser como eu pedi."
    return f"{better}prefiro {record['poltrona']}."


def converse(rng: Random, kinds: list[str]) -> tuple[str, dict[str, str]]:
    today = date(2025, 1, 8) + timedelta(days=rng.randrange(700))
    origin, destination, other = pick(rng, ROUTES).split(", ")
    day_text, day = spoken_day(rng, today)
    times = [rng.randrange(5 * 60, 9 * 60, 5), rng.randrange(11 * 60, 15 * 60, 10)]
    times.append(rng.randrange(17 * 60, 22 * 60, 15))
    which = rng.randrange(3)
    picked = pick(rng, PICK[rng.choice([0, which + 1])]).format(clock(times[which]))
    people, count = pick(rng, PEOPLE).split(" = ")
    seat = rng.choice(list(SEATS))
    record = {"origem": origin, "destino": destination, "data": day.isoformat()}
    record |= {"horario": stamp(times[which]), "passageiros": count, "poltrona": seat}

    opener = pick(rng, OPENERS).format(origem=origin, destino=destination)
    early = rng.random() < 1 / 2
    if early:
        opener += f" As passagens são para {people}."
    turns = [opener, pick(rng, ASK_DAY), day_text]
    turns += [pick(rng, ASK_TIME).format(*map(clock, times)), picked]
    if not early:
        turns += [pick(rng, ASK_PEOPLE), f"São para {people}."]
    turns += [pick(rng, ASK_SEAT), pick(rng, SEATS[seat]), pick(rng, MORE)]
    done = rng.sample(DONE.split(" | "), 3)
    for kind in kinds:
        if kind == "recuo":
            turns += pick(rng, DROPPED).split(" / ")
        elif kind == "nada":
            turns += [pick(rng, "É isso mesmo. Até logo! | Está tudo certo, valeu!")]
        else:
            turns += [change(rng, kind, record, other, times)]
            turns += [SAME if kind == "data" else done.pop()]
    head = f"Hoje é {DAYS[today.weekday()]}, {numbered(today)} de {MONTHS[today.month - 1]} de "
    return spoken([f"{head}{today.year}.", *turns]), record


def spoken(lines: list[str]) -> str:
    """Return a first line and the turns of customer and agent below it."""
    speakers = ("Atendente", "Cliente")
    turns = [f"{speakers[number % 2]}: {line}" for number, line in enumerate(lines)]
    return "\n".join([lines[0], *turns[1:]])


ABOUT = {
    "summary": "Track the coach journey that a customer books in a Brazilian dialogue.",
    "definition": paragraphs("""
        You are given today's date and a dialogue in Brazilian Portuguese between a customer
        (Cliente) and an agent (Atendente) of a coach company. Give the booking as it stands at the
        end of the dialogue, as a JSON object on one line without spaces outside the values, with
        these six keys in this order, all values being strings: "origem" and "destino" (the cities
        of departure and arrival as written), "data" (day of the journey, YYYY-MM-DD; a day without
        a year is the next such day after today), "horario" (departure, 24-hour HH:MM),
        "passageiros" (how many people travel, in digits; the customer counts only when travelling
        too), "poltrona" ("janela", "corredor", or "indiferente" if the customer does not mind). A
        later change overrides what was said before, unless the customer takes it back.

        What has the customer booked when the Portuguese conversation ends? Fill in
        {"origem":...,"destino":...,"data":...,"horario":...,"passageiros":...,"poltrona":...} as
        compact JSON with string values, keys in that order. Copy the city names; work out the date
        from today's date and write it as YYYY-MM-DD (if no year is named, the first such day after
        today); write the departure as HH:MM with two digits for the hour; count the travellers, and
        the customer among them only if the customer goes along; choose the seat from janela,
        corredor and indiferente (no preference). Of two contradictory wishes the later one holds,
        but a change that is withdrawn does not count.

        Follow the dialogue at the ticket counter of a Brazilian coach company and return the final
        state of the reservation: one line of JSON, no blanks between keys and values, string values
        only, keys "origem", "destino", "data", "horario", "passageiros", "poltrona" in this order.
        City names as in the text; data like 2025-03-09 (the next such day after the date in the
        first line); horario like 07:15; passageiros the number of those who travel (not of those
        who only buy), in digits; poltrona one of janela / corredor / indiferente (no preference).
        Corrections replace earlier answers; ideas that are dropped again change nothing.
    """),
    "answer_format": {
        "kind": "fields",
        "fields": {
            **{name: {"type": "text"} for name in ("origem", "destino", "data", "horario")},
            "passageiros": {"type": "number"},
            "poltrona": {"type": "label", "labels": list(SEATS)},
        },
    },
    "categories": ["Dialogue State Tracking", "Information Extraction"],
    "domains": ["Dialogue"],
    "reasoning": ["Temporal Reasoning", "Quantitative Reasoning"],
    "languages": {"instruction": ["en"], "input": ["pt-BR"], "output": ["pt-BR"]},
}

# First line and turns of a dialogue, the six values (in the last two, one is wrong), lesson.
TAUGHT = paragraphs("""
    Hoje é sexta-feira, 30 de maio de 2025. / Bom dia! Quero ir de Niterói para Cabo Frio. /
    Claro! Para que dia seria? / Depois de amanhã. / Há saídas às 6h50, às 12h e às 19h10. Qual
    horário prefere? / O último, por favor. São dois adultos e duas crianças. / Janela ou
    corredor? / Tanto faz. / Anotado. Posso fechar a reserva? / Espere: uma das crianças vai
    ficar com os avós. / Sem problema, já alterei. | Niterói, Cabo Frio, 2025-06-01, 19:10, 3,
    indiferente | Two days after 30 May is 1 June. The last of the three departures is 19h10. Of
    four travellers one child stays behind, so three are left, and the customer does not mind
    where they sit.

    Hoje é segunda-feira, 15 de dezembro de 2025. / Oi, preciso de passagens de Blumenau para
    Lages. São para os meus pais; eu não vou. / Com prazer. Qual é a data da viagem? / No dia 4
    de janeiro. / Posso oferecer três horários: 8h, 13h20 e 17h45. / O ônibus das 8h está ótimo.
    / Alguma preferência de poltrona? / Tudo menos corredor: quero janela. / Perfeito. Está tudo
    certo assim? / Ah, desculpe: troquei as cidades. É de Lages para Blumenau. / Pronto, está
    corrigido. | Lages, Blumenau, 2026-01-04, 08:00, 2, janela | The next 4 January after 15
    December 2025 is in 2026. The customer only buys for two others, and at the end the two
    cities change places. 8h is written 08:00.

    Hoje é terça-feira, 8 de abril de 2025. / Olá, vocês têm ônibus para Feira de Santana saindo
    de Ilhéus? / Temos, sim. Para que dia? / Daqui a uma semana. Vamos eu e minha irmã. / Os
    ônibus saem às 5h30, às 11h e às 18h. Qual deles fica melhor? / O do meio. / Prefere janela
    ou corredor? / Corredor, por favor. / Perfeito. Está tudo certo assim? / Será que consigo ir
    às 5h30? / Consegue, sim. Quer mudar? / Não, é cedo demais. Deixe como estava. | Ilhéus,
    Feira de Santana, 2025-04-15, 11:00, 2, corredor | The customer asks about 5h30 but decides
    against it, so the middle departure, 11h, stays. The customer and a sister are two
    travellers, and a week after 8 April is 15 April.

    Hoje é quinta-feira, 31 de julho de 2025. / Oi, quero reservar uma viagem de Uberaba a
    Franca. / Para que dia? / Amanhã mesmo. As passagens são para mim e mais dois colegas. /
    Nesse dia há saídas às 7h15, às 14h e às 20h30. Qual horário prefere? / Quero o mais cedo. /
    Prefere janela ou corredor? / Janela. / Anotado. Posso fechar a reserva? / Mudei de ideia:
    prefiro o segundo horário que você citou. / Tudo bem, mudei aqui no sistema. | Uberaba,
    Franca, 2025-08-01, 07:15, 3, janela | 7h15 was the first choice, but at the end the
    customer asks for the second of the three departures, and the later wish holds. | Set
    "horario" to "14:00".

    Hoje é domingo, 9 de fevereiro de 2025. / Boa tarde! Preciso de ônibus de Bauru para
    Marília. / Qual é a data da viagem? / Seria sábado, dia 15. / Posso oferecer três horários:
    9h, 12h40 e 18h. / O das 18h, por favor. / Para quem são as passagens? / Para os meus quatro
    sobrinhos; eu só compro as passagens. / Janela ou corredor? / Não tenho preferência. /
    Perfeito. Está tudo certo assim? / É isso mesmo. Até logo! | Bauru, Marília, 2025-02-15,
    18:00, 5, indiferente | The customer says "eu só compro as passagens": only the four nephews
    and nieces travel, and whoever merely buys is not counted. | Set "passageiros" to "4".
""")


def build() -> dict[str, Any]:
    rng = Random(SEED)
    rendered = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

    def draw(done: int) -> dict[str, Any]:
        text, record = converse(rng, KINDS[done % len(KINDS)].split())
        answer = {field: [value] for field, value in record.items()}
        return instance(NAME, text, [rendered(record)], answer=answer)

    shown = []
    for each in TAUGHT:
        text, values, *lesson = each.split(" | ")
        record = dict(zip(ABOUT["answer_format"]["fields"], values.split(", "), strict=True))
        said = spoken(text.split(" / "))
        shown.append(demonstration(said, rendered(record), "\n\n".join(lesson)))
    return document(NAME, SEED, ABOUT, shown, draw, count=SIZE)
