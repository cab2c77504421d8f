#include "drivers/wmbus/structure.hpp"

#include "drivers/wmbus/records.hpp"

namespace anju::drivers::wmbus {

bool ends_with_a_record(Bytes body) {
    Records records(body);
    while (records.next()) continue;
    return !body.empty() && !records.has_maker_data() && records.at() == body.size();
}

}  // namespace anju::drivers::wmbus
