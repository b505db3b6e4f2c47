package io.kiln.api;

import io.kiln.api.problem.Problem;
import io.kiln.api.problem.ProblemType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the server shows to those who are not signed in: a form to people, a problem to programs whose password is wrong. */
@WebServlet("/sign-in")
public class SignInPage extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Object wanted = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI);
        if (wanted instanceof String path && path.startsWith("/api/")) {
            Problem.of(ProblemType.NOT_SIGNED_IN, "the user or password is wrong")
                    .writeTo(response);
        } else {
            request.getRequestDispatcher("/sign-in.html").forward(request, response);
        }
    }
}
