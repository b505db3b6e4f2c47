package io.kiln.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Every view of the console has an address of its own, so that it can be sent to somebody; one page shows them all. */
@WebServlet({
    "/overview/*",
    "/batches/*",
    "/runs/*",
    "/pictures/*",
    "/contact-sheet/*",
    "/launch/*",
    "/users/*",
    "/notifications/*",
    "/jobs/*",
    "/nodes/*",
    "/audit/*",
    "/about/*"
})
public class ConsolePages extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.getRequestDispatcher("/index.html").forward(request, response);
    }
}
