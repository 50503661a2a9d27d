using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using ExecutionDashboard.Hosting.Requests;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting;

/// <summary>Reports a failed start as a message for the operator instead of a stack trace. The exit code is 1.</summary>
public static partial class StartFailure
{
    private const string HostLog = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <summary>
    /// Keeps the host's own reports of a failed start, which are stack traces, out of the log. Both end the process, and <see cref="Report"/> writes the reason.
    /// </summary>
    public static void KeepTraceOut(ILoggingBuilder logging) => logging.AddFilter(HostLog, level => level is LogLevel.Information or LogLevel.Warning);

    /// <summary>The failure of a background service that ended the process; null after a normal stop.</summary>
    public static Exception? OfServices(IServiceProvider services) =>
        services.GetServices<IHostedService>().OfType<BackgroundService>().Select(service => service.ExecuteTask?.Exception?.InnerException)
            .FirstOrDefault(failure => failure is not null and not OperationCanceledException);

    /// <summary>Writes to standard error one line per problem; unexpected errors with their stack trace. Returns the exit code, 1.</summary>
    /// <param name="exception">The error.</param>
    /// <param name="hasStarted">Whether the program listened already: a failed connection is no address that it cannot listen at then.</param>
    public static int Report(Exception exception, bool hasStarted = false)
    {
        var lines = !(hasStarted && exception is SocketException) && Reasons(exception) is { } reasons
            ? reasons.Select(OneLine).Distinct().Select(reason => $"The dashboard cannot start: {reason}")
            : [$"The dashboard ended with an error that it did not expect: {exception}"];
        foreach (var line in lines) Console.Error.WriteLine(line);
        return 1;
    }

    // Null unless the cause is a setting, file or address.
    private static IEnumerable<string>? Reasons(Exception exception) => exception switch
    {
        AggregateException many => many.InnerExceptions.Select(Reasons).ToList() is var all && all.TrueForAll(reasons => reasons is not null) ? all.SelectMany(reasons => reasons!) : null,
        OptionsValidationException options => options.Failures,
        // Of a settings file; the cause is the innermost exception.
        InvalidDataException file => [$"{file.Message} {Innermost(file)}"],
        InvalidOperationException or IOException or UnauthorizedAccessException => [InPlainWords(exception.Message)],
        SocketException socket => [$"It cannot listen where it was told to ({ListenAddress.Names}): {socket.Message}."],
        CryptographicException certificate => [$"A certificate cannot be used (Kestrel:Certificates, Kestrel:Endpoints): {certificate.Message}"],
        _ => null,
    };

    private static string Innermost(Exception exception) => exception.GetBaseException() switch
    {
        JsonException { LineNumber: { } line } json => $"Line {line + 1}: {json.Message.Split(" LineNumber:")[0]}",
        var reason => reason.Message,
    };

    private static string OneLine(string text) => LineBreaks().Replace(text.Trim(), " ");

    // The framework's message for a value of the wrong type names a .NET type.
    private static string InPlainWords(string message) => Unconverted().Match(message) is not { Success: true } wrong ? message
        : $"{wrong.Groups["key"]} is '{wrong.Groups["value"]}': it must be {wrong.Groups["type"].Value switch
        {
            nameof(Int32) or nameof(Int64) => "a whole number",
            nameof(Double) => "a number",
            nameof(Boolean) => "true or false",
            nameof(TimeSpan) => "a time such as 00:00:10 (hours:minutes:seconds)",
            var type => type,
        }}.";

    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<key>[^']*)' to type 'System\\.(?<type>\\w+)'\\.$", RegexOptions.Singleline)]
    private static partial Regex Unconverted();

    [GeneratedRegex(@"\s*[\r\n]+\s*")]
    private static partial Regex LineBreaks();
}
