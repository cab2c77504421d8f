// What is personal, and what is not: docs/adr/0026-sealed-fields.md. Kinds, states, times and ids
// stay open, because rows are looked up and expire by them; whoever gives out ids gives none that
// are names.
#include "store/personal.hpp"

#include <algorithm>

namespace anju::store {
namespace {

using vault::Form;

/// An input of a sensor (codec.cpp: version, tag, …): numbers under the id of a device. Nearly all
/// rows of the journal are such, and the way of a reading has nothing to do with keys. No sealed
/// field looks like one: its second byte is another.
bool is_observation(std::string_view input) {
    constexpr char tag_of_observation = 0;
    return input.size() > 1 && input[1] == tag_of_observation;
}

constexpr PersonalField fields_of_the_store[] = {
    {"journal", "bytes", 3, 1, Form::blob, &is_observation},
    {"decisions", "bytes", 6, 1, Form::blob},
    {"alerts", "bytes", 7, 1, Form::blob},
    {"outbox_alarm", "bytes", 2, 1, Form::blob},
    {"outbox_bulk", "bytes", 2, 1, Form::blob},
    {"checkpoints", "bytes", 4, 3, Form::blob},
    {"commands", "text", 3, 1, Form::text},
    {"rejected", "topic", 2, 1, Form::text},
    {"rejected", "payload", 3, 1, Form::blob},
    {"rejected", "text", 5, 1, Form::text},
    {"driver_state", "bytes", 1, 1, Form::blob},
    {"salvaged", "bytes", 1, 1, Form::blob},
    {"notices", "bytes", 4, 1, Form::blob},
    {"consents", "bytes", 2, 1, Form::blob},
    {"erasures", "devices", 4, 1, Form::text},
    {"erasures", "addresses", 5, 1, Form::text},
};

}  // namespace

std::span<const PersonalField> Personal::of(std::string_view table) const {
    if (!keys) return {};
    const auto is_of = [table](const PersonalField& field) { return field.table == table; };
    const auto first = std::ranges::find_if(fields, is_of);
    const auto last = std::find_if_not(first, fields.end(), is_of);
    return {first, last};
}

void RowIdentity::add(std::int64_t value) {
    bytes_ += 'i';
    auto rest = static_cast<std::uint64_t>(value);
    for (int i = 0; i < 8; ++i, rest >>= 8U) bytes_ += static_cast<char>(rest & 0xffU);
}

void RowIdentity::add(std::string_view value) {
    bytes_ += 's';
    add(static_cast<std::int64_t>(value.size()));
    bytes_ += value;
}

std::string RowIdentity::place(const PersonalField& field) const {
    std::string out("anju 1 ");
    out.append(field.table).append(".").append(field.name).append("\n").append(bytes_);
    return out;
}

std::optional<std::string> opened(const Personal& personal, const PersonalField& field,
                                  const RowIdentity& row, std::string_view stored) {
    return personal.keys->open(stored, row.place(field), field.form);
}

bool may_stay_open(const Personal& personal, const PersonalField& field, std::string_view stored) {
    if (field.stays_open != nullptr && field.stays_open(stored)) return true;
    if (personal.all_sealed) return false;
    // Texts of strangers are among them, and one may look sealed; nobody can guess by which key.
    const auto by = vault::sealed_by(stored, field.form);
    return !by || !personal.keys->has(*by);
}

std::span<const PersonalField> personal_fields() {
    return fields_of_the_store;
}

}  // namespace anju::store
