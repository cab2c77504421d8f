#include "core/codec/codec.hpp"

#include <cstddef>
#include <utility>

#include "core/codec/fields.hpp"
#include "core/codec/seal.hpp"

namespace anju {
namespace {

constexpr auto readable = {codec::first_messages, codec::many_drivers, codec::personal,
                           codec::cared,          codec::written_up,   codec::drilled,
                           codec::unheard_acks};

// The place of an alternative in its variant is its tag on disk: append alternatives, never
// reorder them.
template <class... T>
void write(codec::Writer& writer, const std::variant<T...>& choice) {
    writer(static_cast<std::uint8_t>(choice.index()));
    std::visit([&](const auto& value) { writer(value); }, choice);
}

template <class... T>
bool read(codec::Reader& reader, std::variant<T...>& choice) {
    std::uint8_t tag{};
    reader(tag);
    std::size_t index = 0;
    const auto take = [&]<class U>(std::type_identity<U>) {
        if (index++ != tag) return false;
        reader(choice.template emplace<U>());
        return true;
    };
    return (take(std::type_identity<T>{}) || ...) && reader.ok();
}

}  // namespace

std::string encode(const Input& input) {
    std::string bytes = codec::begin_sealed();
    codec::Writer writer(bytes);
    write(writer, input);
    codec::seal(bytes);
    return bytes;
}

std::optional<Input> decode_input(std::string_view bytes) {
    const auto sealed = codec::unseal(bytes, readable);
    if (!sealed) return std::nullopt;
    codec::Reader reader(sealed->body, sealed->version);
    std::optional<Input> input{std::in_place};
    if (!read(reader, *input) || !reader.finished()) return std::nullopt;
    return input;
}

std::string encode(const Decision& decision) {
    std::string bytes = codec::begin_sealed();
    codec::Writer writer(bytes);
    writer(decision.household, decision.number, decision.at);
    write(writer, decision.what);
    codec::seal(bytes);
    return bytes;
}

std::optional<Decision> decode_decision(std::string_view bytes) {
    const auto sealed = codec::unseal(bytes, readable);
    if (!sealed) return std::nullopt;
    codec::Reader reader(sealed->body, sealed->version);
    std::optional<Decision> decision{std::in_place};
    reader(decision->household, decision->number, decision->at);
    if (!read(reader, decision->what) || !reader.finished()) return std::nullopt;
    return decision;
}

}  // namespace anju
