using System.Globalization;
using System.Text;

namespace Parley.Bench.Reporting;

/// <summary>Rates of several servers over numbers of pairs as SVG, the rates on a logarithmic scale; legible on light and dark pages.</summary>
internal sealed class RatePlot(string title, IReadOnlyList<string> columns)
{
    private const int Width = 760;
    private const int Height = 380;
    private const int Left = 70;
    private const int Right = 200;
    private const int Top = 40;
    private const int Bottom = 40;

    private static readonly string[] Colours = ["#2f81f7", "#8b949e", "#e5534b", "#2da44e", "#a371f7", "#d4791f", "#bf8700"];

    private readonly List<(string Name, IReadOnlyList<double> Values)> _lines = [];

    /// <param name="name">Of the server.</param>
    /// <param name="values">A rate for each column; NaN where there is none.</param>
    public void Add(string name, IReadOnlyList<double> values) => _lines.Add((name, values));

    public override string ToString()
    {
        var all = _lines.SelectMany(line => line.Values).Where(value => value > 0).ToArray();
        var (low, high) = (Math.Floor(Math.Log10(all.Min())), Math.Ceiling(Math.Log10(all.Max())));
        if (high == low) high++;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"13\">\n");
        svg.Append("<style>text{fill:#24292f}.grid{stroke:#8b949e;stroke-opacity:.35}@media(prefers-color-scheme:dark){text{fill:#e6edf3}}</style>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"22\" font-size=\"15\">{title}</text>\n");
        for (var power = low; power <= high; power++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(power):0.#}\" y2=\"{Y(power):0.#}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{Y(power) + 4:0.#}\" text-anchor=\"end\">{Math.Pow(10, power):N0}</text>\n");
        }

        for (var i = 0; i < columns.Count; i++)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(i):0.#}\" y=\"{Height - 15}\" text-anchor=\"middle\">{columns[i]}</text>\n");
        for (var i = 0; i < _lines.Count; i++)
        {
            var (colour, (name, values)) = (Colours[i % Colours.Length], _lines[i]);
            var points = values.Select((value, column) => (Value: value, Column: column)).Where(point => point.Value > 0)
                .Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.Column):0.#},{Y(Math.Log10(point.Value)):0.#}")).ToArray();
            svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\" points=\"{string.Join(' ', points)}\"/>");
            foreach (var point in points) svg.Append(CultureInfo.InvariantCulture, $"<circle r=\"3.5\" fill=\"{colour}\" cx=\"{point.Split(',')[0]}\" cy=\"{point.Split(',')[1]}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Width - Right + 20}\" y=\"{Top + 22 * i}\" width=\"12\" height=\"12\" fill=\"{colour}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right + 38}\" y=\"{Top + 22 * i + 11}\">{name}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();

        double X(int column) => Left + (column + 0.5) * (Width - Left - Right) / columns.Count;

        double Y(double power) => Height - Bottom - (power - low) / (high - low) * (Height - Top - Bottom);
    }
}
