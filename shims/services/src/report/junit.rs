//! JUnit XML in the form that GitLab, Jenkins, GitHub actions and others read.

use super::{Outcome, Problem, Report};
use quick_junit::{NonSuccessKind, Property, TestCase, TestCaseStatus, TestSuite};
use std::time::Duration;

/// Writing the XML failed.
#[derive(Debug, thiserror::Error)]
#[error("the JUnit report could not be written: {0}")]
pub struct JunitError(#[from] quick_junit::SerializeError);

/// The report as JUnit XML.
///
/// A run that ended badly outside every case gets a case of its own, `(run)`, so that no consumer takes it for a success.
pub fn to_junit(report: &Report) -> Result<String, JunitError> {
    let mut junit = quick_junit::Report::new(format!("{} {}", report.bundle, report.module));
    junit.set_time(report.duration);
    for (name, cases) in group(report) {
        let mut suite = TestSuite::new(name);
        suite.set_time(cases.iter().map(|case| case.duration).sum::<Duration>());
        for case in cases {
            let mut test = TestCase::new(case.name.as_str(), status(&case.outcome));
            test.set_classname(name).set_time(case.duration);
            suite.add_test_case(test);
        }
        for error in report.suite_errors.iter().filter(|error| error.suite == name) {
            suite.add_test_case(failure("(suite)", name, &error.message));
        }
        junit.add_test_suite(suite);
    }
    let mut run = TestSuite::new("(run)");
    if let Some(problem) = report.run_problem() {
        let mut case = failure("(run)", "(run)", &problem);
        if let Some(crash) = &report.crash {
            case.status.set_description(crash.to_string());
        }
        run.add_test_case(case);
    }
    if report.not_run() > 0 {
        run.add_property(Property::new("concord.not-run", report.not_run().to_string()));
    }
    for error in report.suite_errors.iter().filter(|error| report.cases.iter().all(|case| case.suite != error.suite)) {
        run.add_test_case(failure("(suite)", &error.suite, &error.message));
    }
    if !report.missing.is_empty() {
        let mut text = String::from("APIs that Concord lacks and the run touched:\n");
        for missing in &report.missing {
            text.push_str(&format!("{} ({}x)\n", missing.api, missing.count));
        }
        run.set_system_out(text);
        run.add_property(Property::new("concord.missing-apis", report.missing.len().to_string()));
    }
    if !run.test_cases.is_empty() || run.system_out.is_some() {
        junit.add_test_suite(run);
    }
    Ok(junit.to_string()?)
}

/// Cases by suite, suites in the order of their first case.
fn group(report: &Report) -> Vec<(&str, Vec<&super::Case>)> {
    let mut groups: Vec<(&str, Vec<&super::Case>)> = Vec::new();
    for case in &report.cases {
        match groups.iter_mut().find(|(name, _)| *name == case.suite) {
            Some((_, cases)) => cases.push(case),
            None => groups.push((&case.suite, vec![case])),
        }
    }
    groups
}

fn failure(name: &str, class: &str, message: &str) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(message);
    let mut case = TestCase::new(name, status);
    case.set_classname(class);
    case
}

fn status(outcome: &Outcome) -> TestCaseStatus {
    let problem = |kind, problem: &Problem| {
        let mut status = TestCaseStatus::non_success(kind);
        status.set_message(problem.message.as_str());
        status.set_description(format!("{}\n{}", problem.message, problem.stack));
        status
    };
    match outcome {
        Outcome::Passed => TestCaseStatus::success(),
        Outcome::Failed(detail) => problem(NonSuccessKind::Failure, detail),
        Outcome::Error(detail) => problem(NonSuccessKind::Error, detail),
        Outcome::Skipped { reason } => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(reason.as_str());
            status
        }
    }
}
