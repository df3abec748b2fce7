using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Parley.Server.Identity;

namespace Parley.Server.Files;

/// <summary>
/// Where a shared file is, as <c>relativePath</c> on the wire (protocol ch. 11). Only the server makes one: 128 random bits,
/// bound to an account. Text from outside becomes one only if it has exactly this form, so its parts are safe file names.
/// </summary>
/// <param name="AccountId">Whose file.</param>
/// <param name="Name">32 hexadecimal digits and the type: <c>7d1c9a5200004a0e8b1d2f6a9e3c4b5d.PNG</c>.</param>
public readonly partial record struct FilePath(string AccountId, string Name)
{
    private const string Root = "/v1/files/";

    /// <summary>The pattern of the addresses that files are sent to and read from.</summary>
    internal const string Route = Root + "{account}/{name}";

    /// <summary>The type, as announced: <c>PNG</c>.</summary>
    public string Type => Name[(Name.IndexOf('.') + 1)..];

    internal static FilePath New(string accountId, FileType type) => new(accountId, $"{Secrets.NewHex(16)}.{type.Name}");

    public static bool TryParse([NotNullWhen(true)] string? text, out FilePath path)
    {
        path = default;
        if (text is null || Form.Match(text) is not { Success: true } match) return false;
        path = new FilePath(match.Groups[1].Value, match.Groups[2].Value);
        return true;
    }

    public override string ToString() => $"{Root}{AccountId}/{Name}";

    [GeneratedRegex(@"^/v1/files/([a-zA-Z0-9_]{1,20})/([0-9a-f]{32}\.[A-Z]{1,8})\z")]
    private static partial Regex Form { get; }
}
