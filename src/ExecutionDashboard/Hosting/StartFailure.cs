using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting;

/// <summary>Ends a start that cannot succeed with what an operator has to mend, not with a stack trace.</summary>
public static partial class StartFailure
{
    private const string HostLog = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <summary>
    /// Keeps the host's own report of a start that failed, a stack trace, out of the log until the process runs. Nothing is lost by it: <see cref="Report"/>
    /// gives the message, and what it does not explain ends the process with its trace.
    /// </summary>
    /// <param name="logging">The log.</param>
    /// <param name="hasStarted">Whether the process runs.</param>
    public static void KeepTraceOut(ILoggingBuilder logging, Func<bool> hasStarted) =>
        logging.AddFilter(HostLog, level => level >= LogLevel.Information && (level is not LogLevel.Error || hasStarted()));

    /// <summary>Whether the message says it all: a setting that makes no sense, a file that cannot be used, an address in use.</summary>
    public static bool Explains(Exception exception) => exception is OptionsValidationException or InvalidOperationException or IOException;

    /// <summary>Writes the message to standard error; gives the exit code, 1.</summary>
    public static int Report(Exception exception)
    {
        var message = exception is OptionsValidationException options ? string.Join(Environment.NewLine, options.Failures) : InPlainWords(exception.Message);
        Console.Error.WriteLine($"The dashboard cannot start: {message}");
        return 1;
    }

    // The framework's words for a value of the wrong kind name a type of .NET.
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
}
