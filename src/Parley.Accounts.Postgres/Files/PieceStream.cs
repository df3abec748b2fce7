using Npgsql;

namespace Parley.Accounts.Postgres.Files;

/// <summary>A stored file, read a piece at a time; no connection is kept between two.</summary>
internal sealed class PieceStream(NpgsqlDataSource database, long upload, long length) : Stream
{
    private byte[] _piece = [];
    private long _number = -1;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => length;
    public override long Position { get; set; }

    // For whoever cannot wait; the server does.
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= length || buffer.IsEmpty) return 0;
        var (number, from) = Math.DivRem(Position, PostgresFileStore.PieceBytes);
        if (number != _number) (_piece, _number) = (await LoadAsync(number, cancellationToken).ConfigureAwait(false), number);
        var some = _piece.AsMemory((int)from);
        if (some.Length > buffer.Length) some = some[..buffer.Length];
        some.CopyTo(buffer);
        Position += some.Length;
        return some.Length;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task<byte[]> LoadAsync(long number, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = database.CreateCommand("SELECT content FROM file_piece WHERE upload = $1 AND number = $2");
            command.Parameters.Add(new NpgsqlParameter { Value = upload });
            command.Parameters.Add(new NpgsqlParameter { Value = (int)number });
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as byte[] ?? throw new IOException("The file was deleted long ago.");
        }
        catch (NpgsqlException e)
        {
            throw new IOException("The database cannot be read now.", e);
        }
    }
}
