using Microsoft.Net.Http.Headers;

namespace ExecutionDashboard.Components.Shared.Files;

/// <summary>A reply that the browser saves as a file.</summary>
public static class FileReply
{
    /// <summary>Writes the headers. False when only headers are requested.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">Its content type.</param>
    /// <param name="name">Its name: see <see cref="ExportName"/>.</param>
    public static bool Begin(HttpContext context, string type, string name)
    {
        context.Response.ContentType = type;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        context.Response.Headers.ContentDisposition = disposition.ToString();
        return !HeadersOnly.Asks(context);
    }
}
