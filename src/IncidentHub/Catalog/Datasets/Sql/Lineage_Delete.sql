DELETE FROM DatasetLineage WHERE UpstreamId = @UpstreamId AND DownstreamId = @DownstreamId
