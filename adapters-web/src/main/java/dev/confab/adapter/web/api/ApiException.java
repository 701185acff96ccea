package dev.confab.adapter.web.api;

/** Ends a request with a problem. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    ApiException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    static ApiException of(ProblemCode code, String detail) {
        return new ApiException(Problem.of(code, detail));
    }

    /** A request that is wrong as a whole, or in its path, query or headers, which the detail names. */
    static ApiException invalid(String detail) {
        return of(ProblemCode.INVALID_REQUEST, detail);
    }

    /** A request whose body is wrong at a place. */
    static ApiException invalid(Pointer at, String detail) {
        return new ApiException(Problem.of(ProblemCode.INVALID_REQUEST, at.fragment() + " " + detail).at(at, detail));
    }

    Problem problem() {
        return problem;
    }
}
