// Included before anything else where the runtime's sources are compiled again: pins are below the working folder.
#pragma once

#include "runtime/abi/layout.h"

#undef LSMP_PIN_ROOT
#define LSMP_PIN_ROOT "pins"
