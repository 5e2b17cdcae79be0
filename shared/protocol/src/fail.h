#pragma once
// One line for the most frequent thing a decoder does: refuse, with a reason that names the field.

#include "protocol/client_message.h"

namespace cudgel::protocol {
inline auto refuse(DecodeErrorCode code, const char* reason) { return base::fail(DecodeError{code, reason}); }
}  // namespace cudgel::protocol
