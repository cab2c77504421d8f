#include "store/rows.hpp"

#include <algorithm>
#include <vector>

#include "store/meta.hpp"

namespace anju::store {
namespace {

/// No id and no address holds a line's end.
std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) out += (out.empty() ? "" : "\n") + line;
    return out;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

}  // namespace

namespace {

constexpr std::size_t rejected_payload_limit = 8 * 1024;

std::string str(std::string_view view) {
    return std::string(view);
}

}  // namespace

std::string sql::select(std::string_view columns, std::string_view table, std::string_view rest) {
    return "SELECT " + str(columns) + " FROM " + str(table) + " " + str(rest);
}

std::string sql::insert(std::string_view columns, std::string_view table) {
    const auto count = std::count(columns.begin(), columns.end(), ',') + 1;
    std::string out = "INSERT OR REPLACE INTO " + str(table) + "(" + str(columns) + ") VALUES(";
    for (long at = 1; at <= count; ++at) out += (at == 1 ? "?" : ", ?") + std::to_string(at);
    return out + ")";
}

std::optional<JournalEntry> read_journal(const Statement& row) {
    RowView view(row, "journal");
    JournalEntry entry;
    entry.seq = view.natural();
    entry.at = from_unix_ms(view.integer());
    entry.household = HouseholdId{str(view.bytes())};
    entry.bytes = view.bytes();
    if (!view.intact()) return std::nullopt;
    return entry;
}

void write_journal(Statement& insert, const JournalEntry& entry) {
    SealedRow(insert, "journal")
        .integer(entry.seq)
        .integer(to_unix_ms(entry.at))
        .text(entry.household.value)
        .blob(entry.bytes)
        .run();
}

std::optional<StoredDecision> read_decision(const Statement& row) {
    RowView view(row, "decisions");
    StoredDecision decision;
    decision.id = view.natural();
    decision.household = view.bytes();
    decision.number = view.natural();
    decision.at = from_unix_ms(view.integer());
    decision.recorded = from_unix_ms(view.integer());
    decision.alert = view.bytes();
    decision.bytes = view.bytes();
    if (!view.intact()) return std::nullopt;
    return decision;
}

void write_decision(Statement& insert, const StoredDecision& decision) {
    SealedRow(insert, "decisions")
        .integer(decision.id)
        .text(decision.household)
        .integer(decision.number)
        .integer(to_unix_ms(decision.at))
        .integer(to_unix_ms(decision.recorded))
        .text(decision.alert)
        .blob(decision.bytes)
        .run();
}

std::optional<StoredAlert> read_alert(const Statement& row) {
    RowView view(row, "alerts");
    StoredAlert alert;
    alert.id = view.bytes();
    view.bytes();    // household
    view.integer();  // kind
    view.integer();  // priority
    alert.state = static_cast<AlertState>(view.integer());
    view.integer();  // raised_at
    alert.changed_at = from_unix_ms(view.integer());
    alert.bytes = view.bytes();
    if (!view.intact()) return std::nullopt;
    return alert;
}

void write_alert(Statement& insert, const Alert& alert, std::string_view bytes) {
    SealedRow(insert, "alerts")
        .text(alert.id.value)
        .text(alert.household.value)
        .integer(static_cast<std::int64_t>(alert.kind))
        .integer(static_cast<std::int64_t>(alert.priority))
        .integer(static_cast<std::int64_t>(alert.state))
        .integer(to_unix_ms(alert.raised_at))
        .integer(to_unix_ms(alert.changed_at))
        .blob(bytes)
        .run();
}

std::optional<OutboxEvent> read_event(const Statement& row, Lane lane) {
    RowView view(row, outbox_table(lane));
    OutboxEvent event;
    event.lane = lane;
    event.seq = view.natural();
    event.at = from_unix_ms(view.integer());
    event.bytes = view.bytes();
    if (!view.intact()) return std::nullopt;
    return event;
}

void write_event(Statement& insert, const OutboxEvent& event) {
    SealedRow(insert, outbox_table(event.lane))
        .integer(event.seq)
        .integer(to_unix_ms(event.at))
        .blob(event.bytes)
        .run();
}

std::optional<Checkpoint> read_checkpoint(const Statement& row) {
    RowView view(row, "checkpoints");
    Checkpoint checkpoint;
    checkpoint.household = HouseholdId{str(view.bytes())};
    checkpoint.seq = view.natural();
    checkpoint.base = view.integer() != 0;
    checkpoint.at = from_unix_ms(view.integer());
    checkpoint.bytes = view.bytes();
    if (!view.intact()) return std::nullopt;
    return checkpoint;
}

void write_checkpoint(Statement& insert, const Checkpoint& checkpoint) {
    SealedRow(insert, "checkpoints")
        .text(checkpoint.household.value)
        .integer(checkpoint.seq)
        .integer(std::int64_t{checkpoint.base ? 1 : 0})
        .integer(to_unix_ms(checkpoint.at))
        .blob(checkpoint.bytes)
        .run();
}

namespace {

/// Between the text and the digest, in one column: rows that earlier versions sealed stay as they
/// are. No text holds it.
constexpr char digest_mark = '\x1f';

}  // namespace

std::optional<AnsweredCommand> read_command(const Statement& row) {
    RowView view(row, "commands");
    AnsweredCommand answer;
    answer.id = view.bytes();
    answer.at = from_unix_ms(view.integer());
    answer.status = static_cast<CommandStatus>(view.integer());
    answer.text = view.bytes();
    if (!view.intact()) return std::nullopt;
    if (const auto mark = answer.text.rfind(digest_mark); mark != std::string::npos) {
        answer.digest = answer.text.substr(mark + 1);
        answer.text.resize(mark);
    }
    return answer;
}

void write_command(Statement& insert, const AnsweredCommand& answer) {
    SealedRow(insert, "commands")
        .text(answer.id)
        .integer(to_unix_ms(answer.at))
        .integer(static_cast<std::int64_t>(answer.status))
        .text(answer.digest.empty() ? answer.text : answer.text + digest_mark + answer.digest)
        .run();
}

std::optional<StoredErasure> read_erasure(const Statement& row) {
    RowView view(row, "erasures");
    StoredErasure out;
    out.id = view.natural();
    out.what.household = HouseholdId{std::string(view.bytes())};
    out.what.resident = ResidentId{std::string(view.bytes())};
    out.what.kind = static_cast<SensorKind>(view.integer());
    for (std::string& id : lines_of(view.bytes())) out.what.devices.emplace_back(std::move(id));
    out.what.addresses = lines_of(view.bytes());
    out.wanted_at = from_unix_ms(view.integer());
    out.next = view.natural();
    out.last = view.natural();
    out.readings = view.natural();
    out.snapshots = view.natural();
    out.messages = view.natural();
    out.erased_at = from_unix_ms(view.integer());
    if (!view.intact()) return std::nullopt;
    return out;
}

std::optional<RejectedMessage> read_rejected(const Statement& row) {
    RowView view(row, "rejected");
    RejectedMessage message;
    view.integer();  // id
    message.at = from_unix_ms(view.integer());
    message.topic = view.bytes();
    message.payload = view.bytes();
    message.code = view.bytes();
    message.text = view.bytes();
    if (!view.intact()) return std::nullopt;
    return message;
}

void write_erasure(Statement& insert, const StoredErasure& erasure) {
    std::vector<std::string> devices;
    for (const DeviceId& id : erasure.what.devices) devices.push_back(id.value);
    SealedRow(insert, "erasures")
        .integer(erasure.id)
        .text(erasure.what.household.value)
        .text(erasure.what.resident.value)
        .integer(static_cast<std::int64_t>(erasure.what.kind))
        .text(joined(devices))
        .text(joined(erasure.what.addresses))
        .integer(to_unix_ms(erasure.wanted_at))
        .integer(erasure.next)
        .integer(erasure.last)
        .integer(erasure.readings)
        .integer(erasure.snapshots)
        .integer(erasure.messages)
        .integer(to_unix_ms(erasure.erased_at))
        .run();
}

void write_rejected(Statement& insert, std::uint64_t id, const RejectedMessage& message) {
    SealedRow(insert, "rejected")
        .integer(id)
        .integer(to_unix_ms(message.at))
        .text(message.topic)
        .blob(std::string_view(message.payload).substr(0, rejected_payload_limit))
        .text(message.code)
        .text(message.text)
        .run();
}

std::optional<NoticeRow> read_notice(const Statement& row) {
    RowView view(row, "notices");
    NoticeRow notice;
    notice.id = view.natural();
    notice.at = from_unix_ms(view.integer());
    notice.state = static_cast<NoticeState>(view.integer());
    notice.subject = view.bytes();
    notice.bytes = view.bytes();
    if (!view.intact()) return std::nullopt;
    return notice;
}

std::optional<std::string> read_bytes(const Statement& row, std::string_view table) {
    RowView view(row, table);
    view.integer();  // id
    std::string bytes(view.bytes());
    if (!view.intact()) return std::nullopt;
    return bytes;
}

void write_notice(Statement& insert, const NoticeRow& notice) {
    SealedRow(insert, "notices")
        .integer(notice.id)
        .integer(to_unix_ms(notice.at))
        .integer(static_cast<std::int64_t>(notice.state))
        .text(notice.subject)
        .blob(notice.bytes)
        .run();
}

Soundness soundness(const Statement& row, std::string_view table, int columns) {
    Seal seal(table);
    for (int column = 0; column + 1 < columns; ++column) {
        if (row.is_integer(column)) {
            seal.add(row.integer(column));
        } else {
            seal.add(row.bytes(column));
        }
    }
    if (row.integer(columns - 1) != seal.value()) return Soundness::damaged;
    const Personal& personal = row.database().personal();
    const auto fields = personal.of(table);
    if (fields.empty()) return Soundness::sound;
    const RowIdentity identity = identity_of(row, fields);
    const bool belongs = std::ranges::all_of(fields, [&](const PersonalField& field) {
        const std::string_view stored = row.bytes(field.column);
        return may_stay_open(personal, field, stored) ||
               opened(personal, field, identity, stored).has_value();
    });
    return belongs ? Soundness::sound : Soundness::misplaced;
}

bool intact(const Statement& row, std::string_view table, int columns) {
    return soundness(row, table, columns) == Soundness::sound;
}

}  // namespace anju::store
