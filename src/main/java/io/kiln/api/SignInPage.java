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
            response.setStatus(ProblemType.NOT_SIGNED_IN.status());
            response.setContentType(Problem.MEDIA_TYPE);
            response.setCharacterEncoding("UTF-8");
            response.getWriter()
                    .write(Problem.of(ProblemType.NOT_SIGNED_IN, "the user or password is wrong")
                            .toJson()
                            .toString());
        } else {
            request.getRequestDispatcher("/sign-in.html").forward(request, response);
        }
    }
}
