using System.Runtime.CompilerServices;
using System.Text;
using Parley.Protocol.Codes;

namespace Parley.Protocol.Tests.Codes;

/// <summary>docs/codes.md is what the tables in code say; <c>PARLEY_WRITE_DOCS=1</c> writes it anew.</summary>
public class CodesPageTests
{
    [Fact]
    public void The_page_of_codes_says_what_the_tables_say()
    {
        var path = Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../docs/codes.md");
        if (Environment.GetEnvironmentVariable("PARLEY_WRITE_DOCS") == "1") File.WriteAllText(path, Page());
        Assert.Equal(Page(), File.ReadAllText(path));
    }

    [Fact]
    public void Every_code_has_exactly_one_row()
    {
        Assert.Equal(Enum.GetValues<WireCode>(), WireCodes.All.Select(row => row.Code));
        Assert.Equal(Enum.GetValues<CloseCode>(), CloseCodes.All.Select(row => row.Code));
    }

    [Fact]
    public void No_code_is_sent_that_official_clients_read_as_get_a_new_login()
    {
        Assert.DoesNotContain(Enum.GetValues<CloseCode>(), code => (int)code is 1008 or 1011);
        Assert.All(CloseCodes.All, row => Assert.Equal((int)row.Code >= 4000, row.NeedsNewIdentity));
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # Codes

            Generated from `WireCodes` and `CloseCodes` in `src/Parley.Protocol/Codes`; do not edit.

            ## Codes of answers

            An answer's `code` above 399 is an error; its body is `{"title", "details", "errorCode"}`. Only temporary ones are worth repeating.

            | Code | Title | Temporary | When | What the client should do |
            |---|---|---|---|---|

            """);
        foreach (var row in WireCodes.All) page.Append($"| {(int)row.Code} | {row.Title} | {(row.Temporary ? "yes" : "")} | {row.When} | {row.ClientShould} |\n");
        page.Append("""

            ## Close codes

            1000 to 1013: reconnect with the same token. 4401 and 4407: get a new identity first.

            | Code | When | New identity | What the client should do |
            |---|---|---|---|

            """);
        foreach (var row in CloseCodes.All) page.Append($"| {(int)row.Code} | {row.When} | {(row.NeedsNewIdentity ? "yes" : "")} | {row.ClientShould} |\n");
        return page.ToString();
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
