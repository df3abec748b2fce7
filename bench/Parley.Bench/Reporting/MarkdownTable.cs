using System.Text;

namespace Parley.Bench.Reporting;

/// <summary>A table that people read in a terminal and paste into Markdown.</summary>
internal sealed class MarkdownTable(params string[] head)
{
    private readonly List<string[]> _rows = [head];

    public void Add(params string[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        var widths = head.Select((_, column) => _rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            AppendRow(text, row.Select((cell, column) => cell.PadLeft(widths[column])));
            if (row == head) AppendRow(text, widths.Select(width => new string('-', width - 1) + ":"));
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
