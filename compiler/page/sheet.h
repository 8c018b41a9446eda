// The page's own style sheet, embedded; colours are those of the drawings.
#pragma once

#include "compiler/drawing/sheets.h"

namespace lsmpc::page {

std::span<const drawing::Sheet> sheets();

}  // namespace lsmpc::page
