// What tests came to, as text for people and for what reads test results.
#pragma once

#include <string>

#include "compiler/driver/test_all.h"

namespace lsmpc::driver {

// A line.
std::string testText(const TestOutcome& outcome);
// {"schema":"lsmpc-tests","version":1,"tests":[{file,line,name,passed:[target],failed:[target],failures:[text]}],"rules":[{file,line,id,text,hits}],
// "conditions":[{file,line,column,text,true,false,unresolved,can_be_unresolved}],"coverage":{seen,of}}
std::string testJson(const TestOutcome& outcome);
// JUnit's XML: a suite for each file, a case for each test.
std::string testJunit(const TestOutcome& outcome);
// TAP version 13.
std::string testTap(const TestOutcome& outcome);

}  // namespace lsmpc::driver
