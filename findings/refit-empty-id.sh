#!/usr/bin/env bash
# Software: Refit 16.4.0 (NuGet), default settings.
# Expected: a path parameter without a value is an error; one class has one spelling of its members on the wire; a text as JSON body is a JSON text,
#           and an answer declared as string is read as JSON like any other.
# Happens:  null and "" are put into the path as nothing, so DELETE /nodes/{id} becomes DELETE /nodes/. The members of a body are nodeId, those of a query or a form
#           NodeId. A string is sent bare as text/plain and read bare: the JSON answer "edge-1" comes with its quotes.
# Matters:  an id that is missing by a slip of the caller asks for, or deletes, the collection; a filter object that works as a body is ignored as a query.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > client.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:package Refit@16.4.0
#:property PublishAot=false
using Microsoft.AspNetCore.Http.Features;
using Refit;
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
var app = builder.Build();
app.MapGet("/name", () => Results.Json("edge-1"));
app.Map("/{**path}", async (HttpContext c) =>
{
    using var body = new StreamReader(c.Request.Body);
    return Results.Text($"{c.Request.Method} {c.Features.Get<IHttpRequestFeature>()!.RawTarget} {c.Request.ContentType} {await body.ReadToEndAsync()}".TrimEnd());
});
await app.StartAsync();
var api = RestService.For<IFleet>(app.Urls.First());
Console.WriteLine($"empty id: {await api.Delete("")}");
Console.WriteLine($"null id: {await api.Delete(null!)}");
var filter = new Filter("edge-1");
Console.WriteLine($"body: {await api.Body(filter)}");
Console.WriteLine($"query: {await api.Query(filter)}");
Console.WriteLine($"form: {await api.Form(filter)}");
Console.WriteLine($"text as body: {await api.Text("edge-1")}");
Console.WriteLine($"text as answer: {await api.Name()}");

public record Filter(string NodeId);
public interface IFleet
{
    [Delete("/nodes/{id}")] Task<string> Delete(string id);
    [Post("/find")] Task<string> Body([Body] Filter filter);
    [Get("/find")] Task<string> Query(Filter filter);
    [Post("/find")] Task<string> Form([Body(BodySerializationMethod.UrlEncoded)] Filter filter);
    [Post("/text")] Task<string> Text([Body] string text);
    [Get("/name")] Task<string> Name();
}
E
cat > expected <<'E'
empty id: DELETE /nodes/
null id: DELETE /nodes/
body: POST /find application/json; charset=utf-8 {"nodeId":"edge-1"}
query: GET /find?NodeId=edge-1
form: POST /find application/x-www-form-urlencoded NodeId=edge-1
text as body: POST /text text/plain; charset=utf-8 edge-1
text as answer: "edge-1"
E
dotnet run client.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the client sends otherwise than noted"; exit 1; }
